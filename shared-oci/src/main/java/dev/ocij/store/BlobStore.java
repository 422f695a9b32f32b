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
  /// How long a writer that has died may have been one that only waits.
  private static final Duration ABANDONED = Duration.ofDays(7);

  /// Whether content of this digest and size is here. The bytes are not read again.
  public boolean has(Descriptor descriptor) throws IOException {
    var file = path(descriptor.digest());
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == descriptor.size();
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return file(descriptor.digest()).open();
  }

  /// A document's bytes, not verified.
  public byte[] read(Digest digest) throws IOException {
    return file(digest).read();
  }

  /// Stores a blob, verified and on disk, in place of a damaged one of another size; one that is
  /// here is not opened. Its name survives a power cut after [#sync].
  ///
  /// @return its own descriptor, or for a fresh blob the one it got by SHA-256
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && has(known)) {
      return known;
    }
    Files.createDirectories(directory);
    try (var file = PendingFile.in(directory)) {
      var descriptor = file.append(blob);
      var target = path(descriptor.digest());
      Files.createDirectories(target.getParent());
      file.moveTo(target);
      return descriptor;
    }
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
    Files.deleteIfExists(path(digest));
  }

  /// Removes what writers left behind that died long ago.
  void sweepAbandoned() throws IOException {
    PendingFile.sweep(directory, Instant.now().minus(ABANDONED));
  }

  /// Removes what all writers left behind; there is none now.
  void sweepAll() throws IOException {
    PendingFile.sweep(directory, Instant.MAX);
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
