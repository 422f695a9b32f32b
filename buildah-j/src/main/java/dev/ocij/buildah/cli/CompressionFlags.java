package dev.ocij.buildah.cli;

import dev.ocij.copy.Fit;
import dev.ocij.image.Compression;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;

/// How layers are compressed on their way to another place. Who names a format wants it for those
/// that have another one, too.
final class CompressionFlags {
  private static final String USUAL = "gzip";

  private final Supplier<Optional<String>> format;
  private final Supplier<Optional<Integer>> level;
  private final Supplier<Optional<Boolean>> force;

  CompressionFlags(Options options) {
    format =
        options.text("--compression-format", "gzip|zstd|zstd:chunked", "how layers are compressed");
    level = options.number("--compression-level", "its own scale");
    force =
        options.choice(
            "--force-compression",
            "recompress what has another compression; default: with --compression-format");
  }

  Fit applied(Fit fit) {
    return fit.withCompression(
        format.get().orElse(USUAL),
        level.get().orElse(Compression.DEFAULT_LEVEL),
        force.get().orElse(format.get().isPresent()));
  }
}
