package dev.ocij.term;

import dev.ocij.spec.Quoted;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/// Turns what went wrong into one sentence for the user and the exit code for the script.
@FunctionalInterface
public interface ErrorReport {

  /// Prints `error` to `err` in one line, without a stack trace, and answers the exit code of the
  /// program.
  int print(Exception error, PrintWriter err);

  /// What is told where the line names no command.
  default String missingCommand(String program) {
    return "missing command; there are those of '%s --help'".formatted(program);
  }

  /// What is told where the line names a command that there is not.
  default String unknownCommand(String program, String command) {
    return "unknown command %s for %s; there are those of '%s --help'"
        .formatted(Quoted.of(command), program, program);
  }

  /// This report, and before it where the error came from, where somebody wants to know that.
  default ErrorReport tracing(BooleanSupplier wanted) {
    return (error, err) -> {
      if (wanted.getAsBoolean()) {
        error.printStackTrace(err);
      }
      return print(error, err);
    };
  }

  /// A report that begins with `prefix` and always ends with `exitCode`.
  static ErrorReport prefixed(String prefix, int exitCode) {
    return (error, err) -> {
      var message = error.getMessage();
      err.println(prefix + (message == null ? error.getClass().getSimpleName() : message));
      return exitCode;
    };
  }
}
