package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.rootless.StartException;
import dev.ocij.term.Commands;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import java.io.PrintWriter;

/// `podman-j runtime [OPTIONS] create|start|state|kill|delete|run|exec ID`: what engines ask of a
/// runtime. Its options are runtimes' own, so it is a program by itself.
///
/// A script that ends with `exec podman-j runtime "$@"` is what engines take as `--runtime`.
public final class RuntimeProgram {
  private static final String VERSION = "podman-j version 0.1.0\nspec: 1.0.2";
  private static final int FAILED = 1;

  private RuntimeProgram() {}

  public static Program program() {
    var options = Options.ofProgram("Starts containers from bundles, for other engines.");
    var flags = new RuntimeFlags(options);
    var commands =
        Commands.none()
            .with("create", () -> new CreateCommand(flags))
            .with("delete", () -> new DeleteCommand(flags))
            .with("exec", () -> new ExecCommand(flags))
            .with("kill", () -> new KillCommand(flags))
            .with("run", () -> new RunCommand(flags))
            .with("start", () -> new StartCommand(flags))
            .with("state", () -> new StateCommand(flags));
    return new Program(
        "podman-j runtime", VERSION, options, commands, (error, err) -> told(flags, error, err));
  }

  private static int told(RuntimeFlags flags, Exception error, PrintWriter err) {
    var message = error.getMessage() == null ? error.toString() : error.getMessage();
    err.println(message);
    flags.log(message);
    return error instanceof StartException start ? start.exitStatus() : FAILED;
  }
}
