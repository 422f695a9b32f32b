package dev.ocij.buildah.cli;

import dev.ocij.runtime.rootless.ExternalRuntime;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `--runtime` and `--runtime-flag`: the installed runtime that runs commands in place of this
/// program.
final class RuntimeFlag {
  private static final Set<String> USUAL = Set.of("crun", "runc");

  private final Options options;
  private final Supplier<Optional<String>> runtime;
  private final Supplier<List<String>> flags;

  RuntimeFlag(Options options) {
    this(options, options.text("--runtime", "PROGRAM", "the runtime that runs RUN: crun, runc, …"));
  }

  /// @param ofProgram the runtime, where that stands before the command's name
  RuntimeFlag(Options options, Supplier<Optional<String>> ofProgram) {
    this.options = options;
    runtime = ofProgram;
    flags = options.texts("--runtime-flag", "FLAG", "an option of the runtime, without dashes");
  }

  /// What runs the commands; null for this program itself.
  @Nullable ExternalRuntime runtime() {
    return runtime
        .get()
        .map(program ->
            new ExternalRuntime(program, flags.get().stream().map(flag -> "--" + flag).toList()))
        .orElse(null);
  }

  /// Tells where something was asked for that has no effect: silence would pass for obedience.
  void check() {
    if (runtime.get().isEmpty() && !flags.get().isEmpty()) {
      options
          .err()
          .println(LogLine.warning("--runtime-flag: there is no runtime without --runtime"));
    }
  }

  /// As [#check], of a command that has no runtime.
  ///
  /// @throws dev.ocij.spec.OciException where the runtime is one that does something else
  void checkWithout() {
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
