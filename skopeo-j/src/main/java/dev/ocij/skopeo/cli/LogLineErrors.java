package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LogLine;
import java.io.PrintWriter;
import java.util.Optional;

/// Failures as skopeo logs them, `time="…" level=fatal msg="…"`, with its exit statuses: 2 where
/// the image to read does not exist, else 1.
record LogLineErrors(GlobalFlags global) implements ErrorReport {
  @Override
  public int print(Exception error, PrintWriter err) {
    if (global.debug.getAsBoolean()) {
      error.printStackTrace(err);
    }
    err.println(new LogLine("fatal", Reason.withFile(error)));
    return exitCode(error);
  }

  @Override
  public NoCommand missingCommand(String program) {
    return new NoCommand(
        false,
        Optional.of("Missing command '%s COMMAND'\n%s".formatted(program, tryHelp(program))));
  }

  @Override
  public String unknownCommand(String program, String command) {
    return "Unrecognized command `%s %s`\n%s".formatted(program, command, tryHelp(program));
  }

  private static String tryHelp(String program) {
    return "Try '%s --help' for more information".formatted(program);
  }

  private static int exitCode(Exception error) {
    return error instanceof OciException known
            && known.category() == OciException.Category.NOT_FOUND
        ? ExitCode.IMAGE_NOT_FOUND
        : ExitCode.FAILED;
  }
}
