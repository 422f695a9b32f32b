package dev.ocij.buildah.podman;

import dev.ocij.buildah.cli.BuildahErrors;
import dev.ocij.buildah.text.Placed;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.spec.Reason;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/// Failures as podman reports them: `Error: …` and 125, but 126 and 127 where a program could not
/// be started.
public final class PodmanErrors implements ErrorReport {
  @Override
  public int print(Exception error, PrintWriter err) {
    if (error instanceof Placed) {
      return new BuildahErrors().print(error, err);
    }
    err.println("Error: " + Reason.withFile(error));
    if (error instanceof ParameterException wrong) {
      err.println(
          "See '%s --help'".formatted(wrong.getCommandLine().getCommandSpec().qualifiedName()));
    }
    return error instanceof StartException start ? start.exitStatus() : ExitCode.TOOL_FAILED;
  }

  @Override
  public String options() {
    return "options";
  }

  /// The help, and that something is missing.
  @Override
  public NoCommand missingCommand(String program) {
    return new NoCommand(true, Optional.of("missing command '%s COMMAND'".formatted(program)));
  }

  @Override
  public String unknownCommand(String program, String command) {
    return "unrecognized command `%s %s`%nTry '%s --help' for more information"
        .formatted(program, command, program);
  }
}
