package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.CommandFailedException;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Failures as buildah reports them: `Error: …` and 125, but the status of a command that failed in
/// a container is passed on. What is wrong in a Containerfile is shown there.
public final class BuildahErrors implements ErrorReport {
  @Override
  public int print(Exception error, PrintWriter err) {
    err.println("Error: " + text(error));
    return error instanceof CommandFailedException failed
        ? failed.exitStatus()
        : ExitCode.TOOL_FAILED;
  }

  /// What is wrong with a line, in the words of the peers.
  public static String wrongLine(ParameterException error) {
    return switch (error) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      default -> String.valueOf(error.getMessage());
    };
  }

  private static String unmatched(UnmatchedArgumentException error) {
    var word = error.getUnmatched().getFirst();
    if (word.startsWith("--")) {
      return "unknown flag: " + word.split("=", 2)[0];
    }
    return word.startsWith("-") && word.length() > 1
        ? "unknown shorthand flag: '%s' in %s".formatted(word.substring(1, 2), word)
        : "unknown command %s for %s"
            .formatted(
                Quoted.of(word),
                Quoted.of(error.getCommandLine().getCommandSpec().qualifiedName()));
  }

  private static String missing(MissingParameterException error) {
    var missing = error.getMissing();
    return missing.getFirst() instanceof OptionSpec option
        ? "flag needs an argument: " + option.longestName()
        : "requires at least %d arg(s), only received %d"
            .formatted(required(error), required(error) - missing.size());
  }

  private static int required(MissingParameterException error) {
    return (int)
        error.getCommandLine().getCommandSpec().positionalParameters().stream()
            .filter(ArgSpec::required)
            .count();
  }

  private static String text(Exception error) {
    if (error instanceof ParameterException wrong) {
      return wrongLine(wrong);
    }
    if (error instanceof ContainerfileException inFile) {
      return inFile.report();
    }
    if (error instanceof IOException io) {
      return Reason.of(io);
    }
    var message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
