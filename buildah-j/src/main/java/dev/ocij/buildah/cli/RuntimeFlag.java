package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.RunByRuntime;
import dev.ocij.runtime.rootless.ExternalRuntime;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `--runtime` and `--runtime-flag`: the installed runtime that runs commands in place of this
/// program.
final class RuntimeFlag {
  private final Options options;
  private final Supplier<Optional<String>> runtime;
  private final Supplier<List<String>> flags;

  RuntimeFlag(Options options) {
    this(
        options,
        options.text("--runtime", "PROGRAM", "the runtime that runs commands: crun, runc, …"));
  }

  /// @param ofProgram the runtime, where that stands before the command's name
  RuntimeFlag(Options options, Supplier<Optional<String>> ofProgram) {
    this.options = options;
    runtime = ofProgram;
    flags = options.texts("--runtime-flag", "FLAG", "an option of the runtime, without dashes");
  }

  /// What runs the commands; null for this program itself.
  @Nullable RunByRuntime runtime() {
    return runtime
        .get()
        .map(program -> new ExternalRuntime(program, words()))
        .map(RunByRuntime::new)
        .orElse(null);
  }

  private List<String> words() {
    return flags.get().stream().map(flag -> "--" + flag).toList();
  }

  /// Tells where something was asked for that has no effect: silence would pass for obedience.
  void check() {
    if (runtime.get().isEmpty() && !flags.get().isEmpty()) {
      options
          .err()
          .println(LogLine.warning("--runtime-flag: there is no runtime without --runtime"));
    }
  }
}
