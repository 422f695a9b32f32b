package dev.ocij.transport.directory;

import dev.ocij.spec.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where each file of an image stands in a `dir:` directory.
record FlatDirectory(Path path) {
  /// The file that says what this directory is.
  Path version() {
    return path.resolve("version");
  }

  Path manifest() {
    return path.resolve("manifest.json");
  }

  /// The manifest of one instance of an index.
  Path manifest(Digest instance) {
    return path.resolve(fileName(instance) + ".manifest.json");
  }

  Path blob(Digest digest) {
    return path.resolve(fileName(digest));
  }

  /// The signature with this number, from 1, of the image or of one instance.
  Path signature(@Nullable Digest instance, int number) {
    var prefix = instance == null ? "" : fileName(instance) + ".";
    return path.resolve("%ssignature-%d".formatted(prefix, number));
  }

  private static String fileName(Digest digest) {
    return digest.algorithm() == Digest.Algorithm.SHA256
        ? digest.hex()
        : digest.algorithm().prefix() + "-" + digest.hex();
  }
}
