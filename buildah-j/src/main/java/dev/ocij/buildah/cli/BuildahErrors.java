package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.CommandFailedException;
import dev.ocij.buildah.text.Placed;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;

/// Failures as buildah reports them: `Error: …` and 125, but the status of a command that failed in
/// a container is passed on. Where that came from a Containerfile its line stands above.
public final class BuildahErrors implements ErrorReport {
  @Override
  public int print(Exception error, PrintWriter err) {
    if (error instanceof Placed placed) {
      err.println(placed.at().excerpt());
    }
    err.println("Error: " + Reason.withFile(error));
    return error instanceof CommandFailedException failed
        ? failed.exitStatus()
        : ExitCode.TOOL_FAILED;
  }

  /// The help is what was asked for.
  @Override
  public NoCommand missingCommand(String program) {
    return new NoCommand(true, Optional.empty());
  }

  @Override
  public String unknownCommand(String program, String command) {
    return "unknown command %s for %s".formatted(Quoted.of(command), Quoted.of(program));
  }
}
