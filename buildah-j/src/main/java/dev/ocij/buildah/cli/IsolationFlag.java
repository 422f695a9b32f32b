package dev.ocij.buildah.cli;

import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `--isolation`, which chooses nothing: the best that the machine allows is taken.
final class IsolationFlag {
  private static final Set<String> KNOWN = Set.of("", "default", "oci", "rootless", "chroot");

  private final Supplier<Optional<String>> kind;

  IsolationFlag(Options options) {
    kind =
        options.text("--isolation", "KIND", "accepted; the best that the machine allows is taken");
  }

  /// By the line, or else by the environment.
  private Optional<String> asked() {
    return kind.get().or(() -> Optional.ofNullable(System.getenv("BUILDAH_ISOLATION")));
  }

  /// Whether the one without a runtime was asked for.
  boolean isChroot() {
    return asked().filter("chroot"::equals).isPresent();
  }

  /// @throws dev.ocij.spec.OciException where there is no such isolation
  void check() {
    asked()
        .filter(asked -> !KNOWN.contains(asked))
        .ifPresent(asked -> {
          throw OrderedArguments.usage(
              "unrecognized isolation type %s: expected chroot, oci or rootless"
                  .formatted(Quoted.of(asked)));
        });
  }
}
