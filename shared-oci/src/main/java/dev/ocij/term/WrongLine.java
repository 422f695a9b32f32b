package dev.ocij.term;

import dev.ocij.spec.OciException;
import java.io.PrintWriter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A line that cannot be meant, told in the words of the command that it names, or of the program
/// where it names none.
record WrongLine(Program program, ParameterException error) {
  /// Prints the help where the command wants that, and answers what is to be told.
  Exception told(PrintWriter err) {
    if (isUnknownCommand()) {
      return usage(program.errors().unknownCommand(program.name(), word()));
    }
    var count = command() instanceof Command known ? known.options().argumentCount() : null;
    if (count == null || !isOfArguments()) {
      return error;
    }
    if (count.help()) {
      error.getCommandLine().usage(err);
    }
    return usage(count.sentence());
  }

  private Object command() {
    return error.getCommandLine().getCommandSpec().userObject();
  }

  private boolean isUnknownCommand() {
    return error.getCommandLine().getParent() == null && isWord();
  }

  /// Whether there are too many arguments or too few.
  private boolean isOfArguments() {
    return isWord()
        || (error instanceof MissingParameterException missing
            && missing.getMissing().stream().allMatch(ArgSpec::isPositional));
  }

  private boolean isWord() {
    return error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption();
  }

  private String word() {
    return error instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().getFirst()
        : "";
  }

  static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
