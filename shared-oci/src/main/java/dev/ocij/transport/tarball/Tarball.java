package dev.ocij.transport.tarball;

import dev.ocij.image.Compression;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;

/// One tar file, read once to know what it is.
///
/// @param changed when it was changed last
record Tarball(Path file, Descriptor descriptor, Digest diffId, Instant changed) {
  static Tarball read(Path file) throws IOException {
    try (var in = open(file)) {
      var compressed = new DigestInputStream(in, Digest.Algorithm.SHA256.newHash());
      var buffered = new BufferedInputStream(compressed);
      var compression = Compression.detect(buffered);
      var type = type(file, compression);
      var plain =
          new DigestInputStream(
              compression.decompress(buffered), Digest.Algorithm.SHA256.newHash());
      plain.transferTo(OutputStream.nullOutputStream());
      buffered.transferTo(OutputStream.nullOutputStream());
      return new Tarball(
          file,
          Descriptor.of(type, digest(compressed), Files.size(file)),
          digest(plain),
          Files.getLastModifiedTime(file).toInstant());
    }
  }

  /// @throws OciException where it is no file: the end of a pipe is read once only
  static InputStream open(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new OciException(
            OciException.Category.USAGE,
            "open %s: expected a file".formatted(Quoted.escape(file.toString())));
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: %s".formatted(Quoted.escape(file.toString()), Reason.of(e)),
          e);
    }
  }

  private static MediaType type(Path file, Compression compression) {
    return switch (compression) {
      case NONE -> MediaType.OCI_LAYER;
      case GZIP -> MediaType.OCI_LAYER_GZIP;
      case ZSTD -> MediaType.OCI_LAYER_ZSTD;
      case XZ, BZIP2 ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "read %s: layers are compressed by gzip or zstd, or not at all; decompress it first"
                  .formatted(Quoted.escape(file.toString())));
    };
  }

  private static Digest digest(DigestInputStream read) {
    return Digest.from(Digest.Algorithm.SHA256, read.getMessageDigest().digest());
  }
}
