package dev.ocij.buildah.cli;

import dev.ocij.term.LaterFlags;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `--runtime` and `--runtime-flag`, which change nothing but a line of output where they name a
/// runtime that does what this program does itself.
final class RuntimeFlag {
  private static final Set<String> USUAL = Set.of("crun", "runc");

  private final Options options;
  private final Supplier<Optional<String>> runtime;
  private final Supplier<List<String>> flags;

  RuntimeFlag(Options options) {
    this(
        options,
        options.text("--runtime", "crun|runc", "accepted; containers are started without"));
  }

  /// @param ofProgram the runtime, where that stands before the command's name
  RuntimeFlag(Options options, Supplier<Optional<String>> ofProgram) {
    this.options = options;
    runtime = ofProgram;
    flags = options.texts("--runtime-flag", "FLAG", "accepted; it means nothing here");
  }

  /// Tells where something was asked for that has no effect: silence would pass for obedience.
  ///
  /// @throws dev.ocij.spec.OciException where the runtime is one that does something else
  void check() {
    runtime
        .get()
        .filter(name -> !USUAL.contains(String.valueOf(Path.of(name).getFileName())))
        .ifPresent(name -> {
          throw LaterFlags.notYet("--runtime " + name);
        });
    if (runtime.get().isPresent() || !flags.get().isEmpty()) {
      options.err().println(LogLine.warning("--runtime: containers are started without a runtime"));
    }
  }
}
