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
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;

/// One tar file, read once to know what it is.
///
/// @param name as it was typed
/// @param changed when it was changed last
record Tarball(
    String name, TarContent content, Descriptor descriptor, Digest diffId, Instant changed) {
  /// @param temporary the directory for what can be read only once
  static Tarball read(Path file, Path temporary) {
    var name = file.toString();
    try {
      return of(name, TarContent.of(file, temporary));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "open %s: %s".formatted(Quoted.escape(name), Reason.of(e)), e);
    }
  }

  private static Tarball of(String name, TarContent content) throws IOException {
    try (var in = content.open()) {
      var compressed = new DigestInputStream(in, Digest.Algorithm.SHA256.newHash());
      var buffered = new BufferedInputStream(compressed);
      var compression = Compression.detect(buffered);
      var type = type(name, compression);
      var plain =
          new DigestInputStream(
              compression.decompress(buffered), Digest.Algorithm.SHA256.newHash());
      plain.transferTo(OutputStream.nullOutputStream());
      buffered.transferTo(OutputStream.nullOutputStream());
      return new Tarball(
          name,
          content,
          Descriptor.of(type, digest(compressed), content.size()),
          digest(plain),
          content.changed());
    }
  }

  private static MediaType type(String name, Compression compression) {
    return switch (compression) {
      case NONE -> MediaType.OCI_LAYER;
      case GZIP -> MediaType.OCI_LAYER_GZIP;
      case ZSTD -> MediaType.OCI_LAYER_ZSTD;
      case XZ, BZIP2 ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "read %s: layers are compressed by gzip or zstd, or not at all; decompress it first"
                  .formatted(Quoted.escape(name)));
    };
  }

  private static Digest digest(DigestInputStream read) {
    return Digest.from(Digest.Algorithm.SHA256, read.getMessageDigest().digest());
  }
}
