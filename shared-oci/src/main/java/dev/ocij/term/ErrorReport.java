package dev.ocij.term;

import dev.ocij.spec.Quoted;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Turns what went wrong into one sentence for the user and the exit code for the script.
@FunctionalInterface
public interface ErrorReport {

  /// Prints `error` to `err` in one line, without a stack trace, and answers the exit code of the
  /// program.
  int print(Exception error, PrintWriter err);

  /// What the program calls its options.
  default String options() {
    return "flags";
  }

  /// What a line gets that names no command.
  default NoCommand missingCommand(String program) {
    return new NoCommand(
        false, Optional.of("missing command; there are those of '%s --help'".formatted(program)));
  }

  /// What a line gets that names no command.
  ///
  /// @param help whether the help is printed
  /// @param error none where the help is all that there is to say
  record NoCommand(boolean help, Optional<String> error) {}

  /// What is told where the line names a command that there is not.
  default String unknownCommand(String program, String command) {
    return "unknown command %s for %s; there are those of '%s --help'"
        .formatted(Quoted.of(command), program, program);
  }

  /// This report, and before it where the error came from, where somebody wants to know that.
  default ErrorReport tracing(BooleanSupplier wanted) {
    return new Traced(this, wanted);
  }

  /// A report with stack traces.
  record Traced(ErrorReport report, BooleanSupplier wanted) implements ErrorReport {
    @Override
    public int print(Exception error, PrintWriter err) {
      if (wanted.getAsBoolean()) {
        error.printStackTrace(err);
      }
      return report.print(error, err);
    }

    @Override
    public String options() {
      return report.options();
    }

    @Override
    public NoCommand missingCommand(String program) {
      return report.missingCommand(program);
    }

    @Override
    public String unknownCommand(String program, String command) {
      return report.unknownCommand(program, command);
    }
  }
}
