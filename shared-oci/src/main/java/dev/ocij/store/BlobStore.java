package dev.ocij.store;

import dev.ocij.image.Blob;
import dev.ocij.image.BlobSource;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Content by digest, in files that appear whole.
///
/// @param directory made when the first blob is written
/// @param paths where each blob stands
public record BlobStore(Path directory, Function<Digest, Path> paths) implements BlobSource {
  private static final String TEMPORARY = ".tmp-";

  /// Blobs at `<algorithm>/<hex>`, as image-layout lays them out.
  public static BlobStore at(Path directory) {
    return new BlobStore(
        directory, digest -> directory.resolve(digest.algorithm().prefix()).resolve(digest.hex()));
  }

  /// Where a blob stands, or would.
  public Path path(Digest digest) {
    return paths.apply(digest);
  }

  /// Whether the blob is here with the right size. Its bytes are verified when they are read.
  public boolean has(Descriptor blob) {
    try {
      return Files.isRegularFile(path(blob.digest()), LinkOption.NOFOLLOW_LINKS)
          && Files.size(path(blob.digest())) == blob.size();
    } catch (IOException _) {
      return false;
    }
  }

  /// Links, devices and pipes are no blobs: opening them could lead anywhere, or hang.
  @Override
  public InputStream open(Descriptor blob) throws IOException {
    var file = path(blob.digest());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new OciException(
          OciException.Category.INVALID,
          "read blob %s: %s in %s"
              .formatted(
                  blob.digest(),
                  Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "not a regular file" : "missing",
                  Quoted.of(directory.toString())));
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Stores a blob. One that is here already, with the right size, is not read again; one with
  /// another size is replaced.
  ///
  /// @return its descriptor, which for one made on the way is known only now
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known known && has(known.descriptor())) {
      return known.descriptor();
    }
    try (var in = blob.open();
        var writer = openWriter(algorithm(blob))) {
      in.transferTo(writer);
      var written = writer.commit(blob.mediaType());
      return blob instanceof Blob.Known known ? known.descriptor() : written;
    }
  }

  /// A blob in the making, named by SHA-256; without a commit nothing stays.
  public BlobWriter openWriter() throws IOException {
    return openWriter(Digest.Algorithm.SHA256);
  }

  /// Stores these bytes.
  public Descriptor put(MediaType mediaType, byte[] content) throws IOException {
    return put(Blob.of(mediaType, content));
  }

  /// Removes a blob, if it is here.
  public void delete(Digest digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  private BlobWriter openWriter(Digest.Algorithm algorithm) throws IOException {
    Files.createDirectories(directory);
    return new BlobWriter(this, algorithm, Files.createTempFile(directory, TEMPORARY, null));
  }

  private static Digest.Algorithm algorithm(Blob blob) {
    return blob instanceof Blob.Known known
        ? known.descriptor().digest().algorithm()
        : Digest.Algorithm.SHA256;
  }

  /// Removes all other blobs of a layout.
  void retain(Set<Digest> kept) throws IOException {
    for (var algorithm : Digest.Algorithm.values()) {
      var folder = directory.resolve(algorithm.prefix());
      if (!Files.isDirectory(folder)) {
        continue;
      }
      var names =
          kept.stream()
              .filter(d -> d.algorithm() == algorithm)
              .map(Digest::hex)
              .collect(Collectors.toSet());
      try (var files =
          Files.newDirectoryStream(
              folder, file -> !names.contains(file.getFileName().toString()))) {
        for (var file : files) {
          Files.delete(file);
        }
      }
    }
  }
}
