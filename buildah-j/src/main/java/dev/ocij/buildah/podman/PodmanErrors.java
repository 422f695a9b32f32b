package dev.ocij.buildah.podman;

import dev.ocij.buildah.build.CommandFailedException;
import dev.ocij.buildah.cli.BuildahErrors;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine.ParameterException;

/// Failures as podman reports them: `Error: …` and 125, but 126 and 127 where a program could not
/// be started.
public final class PodmanErrors implements ErrorReport {
  @Override
  public int print(Exception error, PrintWriter err) {
    if (error instanceof CommandFailedException || error instanceof ContainerfileException) {
      return new BuildahErrors().print(error, err);
    }
    err.println("Error: " + text(error));
    if (error instanceof ParameterException wrong) {
      err.println(
          "See '%s --help'".formatted(wrong.getCommandLine().getCommandSpec().qualifiedName()));
    }
    return error instanceof StartException start ? start.exitStatus() : ExitCode.TOOL_FAILED;
  }

  private static String text(Exception error) {
    if (error instanceof ParameterException wrong) {
      return BuildahErrors.wrongLine(wrong);
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
