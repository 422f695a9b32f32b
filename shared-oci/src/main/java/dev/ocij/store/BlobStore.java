package dev.ocij.store;

import dev.ocij.image.Blob;
import dev.ocij.image.BlobSource;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Content by digest, as `<algorithm>/<hex>` in one directory. What has such a name is whole: it
/// was verified and on disk before it got it.
///
/// @param directory need not exist before the first [#put]
public record BlobStore(Path directory) implements BlobSource {
  /// How long a writer that has died may have been one that only waits, and what it left is kept
  /// for another attempt.
  private static final Duration ABANDONED = Duration.ofDays(7);

  /// Whether content of this digest and size is here. The bytes are read again where somebody may
  /// have written to them since they were verified: see [WholeFile].
  public boolean has(Descriptor descriptor) throws IOException {
    return WholeFile.is(path(descriptor.digest()), descriptor);
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return file(descriptor.digest()).open();
  }

  /// A document's bytes, not verified.
  public byte[] read(Digest digest) throws IOException {
    return file(digest).read();
  }

  /// Stores a blob, verified and on disk, in place of a damaged one; one that is here is not
  /// opened. Its name survives a power cut after [#sync]. Of a large blob that did not come whole a
  /// second attempt brings the rest.
  ///
  /// @return its own descriptor, or for a fresh blob the one it got by SHA-256
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && has(known)) {
      return known;
    }
    Files.createDirectories(directory);
    if (blob instanceof Blob.Known known && known.descriptor().size() >= PartialBlob.SMALLEST) {
      try (var partial = PartialBlob.claim(directory, known.descriptor()).orElse(null)) {
        if (partial != null) {
          return has(known.descriptor()) ? known.descriptor() : put(known, partial);
        }
      }
    }
    try (var file = PendingFile.in(directory)) {
      var descriptor = file.append(blob);
      file.moveTo(target(descriptor));
      WholeFile.seal(path(descriptor.digest()), descriptor);
      return descriptor;
    }
  }

  private Descriptor put(Blob.Known blob, PartialBlob partial) throws IOException {
    var descriptor = blob.descriptor();
    partial.complete(blob);
    partial.moveTo(target(descriptor));
    WholeFile.seal(path(descriptor.digest()), descriptor);
    return descriptor;
  }

  private Path target(Descriptor descriptor) throws IOException {
    var target = path(descriptor.digest());
    Files.createDirectories(target.getParent());
    return target;
  }

  /// Makes the names of all blobs survive a power cut. Called once, before a name leads to them.
  public void sync() throws IOException {
    for (var algorithm : algorithms()) {
      PendingFile.syncDirectory(algorithm);
    }
    if (Files.isDirectory(directory)) {
      PendingFile.syncDirectory(directory);
    }
  }

  /// The digests of all blobs; what has another name is no blob.
  public List<Digest> digests() throws IOException {
    var found = new ArrayList<Digest>();
    for (var algorithm : Digest.Algorithm.values()) {
      var folder = directory.resolve(algorithm.prefix());
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try (var files = Files.list(folder)) {
          files.map(Path::getFileName).flatMap(name -> digest(algorithm, name)).forEach(found::add);
        }
      }
    }
    return found;
  }

  public void delete(Digest digest) throws IOException {
    TarIndexes.delete(directory, digest);
    Files.deleteIfExists(path(digest));
  }

  /// Removes what writers left behind that died long ago.
  void sweepAbandoned() throws IOException {
    sweep(Instant.now().minus(ABANDONED));
  }

  /// Removes what all writers left behind, but for blobs that a second attempt may go on with;
  /// there is no writer now.
  void sweepAll() throws IOException {
    PendingFile.sweep(directory, Instant.MAX);
    PartialBlob.sweep(directory, Instant.now().minus(ABANDONED));
  }

  /// Removes what writers left behind before `limit`.
  void sweep(Instant limit) throws IOException {
    PendingFile.sweep(directory, limit);
    PartialBlob.sweep(directory, limit);
  }

  /// Removes the directory if there is nothing in it.
  ///
  /// @return whether it is gone
  boolean removedWhereEmpty() throws IOException {
    for (var algorithm : algorithms()) {
      MadeDirectories.removed(algorithm);
    }
    return MadeDirectories.removed(directory);
  }

  private List<Path> algorithms() {
    return Stream.of(Digest.Algorithm.values())
        .map(algorithm -> directory.resolve(algorithm.prefix()))
        .filter(Files::isDirectory)
        .toList();
  }

  private RegularFile file(Digest digest) {
    return new RegularFile(directory, path(digest));
  }

  /// Where a blob stands, or would, for readers that jump about in it.
  public Path path(Digest digest) {
    return directory.resolve(digest.algorithm().prefix()).resolve(digest.hex());
  }

  private static Stream<Digest> digest(Digest.Algorithm algorithm, Path name) {
    return algorithm.isHex(name.toString())
        ? Stream.of(new Digest(algorithm, name.toString()))
        : Stream.empty();
  }

  @Override
  public String toString() {
    return Quoted.escape(directory.toString());
  }
}
