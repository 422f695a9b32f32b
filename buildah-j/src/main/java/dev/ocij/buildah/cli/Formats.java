package dev.ocij.buildah.cli;

import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;

/// The documents that images get: OCI's or Docker's.
final class Formats {
  private static final String VARIABLE = "BUILDAH_FORMAT";

  private Formats() {}

  static Supplier<Optional<String>> option(Options options) {
    return options.text("-f, --format", "oci|docker", "the documents of the image");
  }

  /// What was asked for on the line, or by the environment; OCI's where nothing was.
  static boolean isDocker(Supplier<Optional<String>> option) {
    return isDocker(option, false);
  }

  static boolean isDocker(Supplier<Optional<String>> option, boolean otherwise) {
    var asked =
        option
            .get()
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
            .orElse(otherwise ? "docker" : "oci");
    return switch (asked) {
      case "oci" -> false;
      case "docker" -> true;
      default ->
          throw OrderedArguments.usage(
              "unrecognized image type %s: expected oci or docker".formatted(Quoted.of(asked)));
    };
  }
}
