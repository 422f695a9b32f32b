package dev.ocij.buildah.cli;

import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `--runtime` and `--runtime-flag`, which change nothing where they name a runtime that does what
/// this program does itself.
final class RuntimeFlag {
  private static final Set<String> USUAL = Set.of("crun", "runc");

  private final Supplier<Optional<String>> runtime;

  RuntimeFlag(Options options) {
    this(
        options,
        options.text("--runtime", "crun|runc", "accepted; containers are started without"));
  }

  /// @param ofProgram the runtime, where that stands before the command's name
  RuntimeFlag(Options options, Supplier<Optional<String>> ofProgram) {
    runtime = ofProgram;
    options.texts("--runtime-flag", "FLAG", "accepted; it means nothing here");
  }

  /// @throws dev.ocij.spec.OciException where the runtime is one that does something else
  void check() {
    runtime
        .get()
        .filter(name -> !USUAL.contains(String.valueOf(Path.of(name).getFileName())))
        .ifPresent(name -> {
          throw LaterFlags.notYet("--runtime " + name);
        });
  }
}
