package dev.ocij.term;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A line that cannot be meant, told in the words of the command that it names, or of the program
/// where it names none. What is wrong with an option is told as the peers' parser of lines does.
record WrongLine(Program program, ParameterException error) {
  /// Prints the help where the command wants that, and answers what is to be told: a
  /// [ParameterException] where an option is wrong.
  Exception told(PrintWriter err) {
    if (isUnknownCommand()) {
      return usage(program.errors().unknownCommand(program.name(), word()));
    }
    if (!isOfArguments()) {
      return new ParameterException(error.getCommandLine(), ofOption());
    }
    var count = command() instanceof Command known ? known.options().argumentCount() : null;
    if (count == null) {
      return usage(ofArguments());
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

  private String ofOption() {
    if (error instanceof UnmatchedArgumentException) {
      return unknown(word());
    }
    if (error instanceof MissingParameterException missing
        && missing.getMissing().getFirst() instanceof OptionSpec option) {
      return "flag needs an argument: " + option.longestName();
    }
    if (error.getArgSpec() instanceof OptionSpec option && error.getValue() != null) {
      return "invalid argument %s for \"%s\" flag: %s"
          .formatted(Quoted.of(error.getValue()), String.join(", ", option.names()), reason());
    }
    return String.valueOf(error.getMessage());
  }

  /// What the option says of its value, without picocli's sentence around it.
  private String reason() {
    return String.valueOf(
        error.getCause() == null ? error.getMessage() : error.getCause().getMessage());
  }

  private static String unknown(String word) {
    return word.startsWith("--")
        ? "unknown flag: " + word.split("=", 2)[0]
        : "unknown shorthand flag: '%s' in %s".formatted(word.substring(1, 2), word);
  }

  private String ofArguments() {
    var arguments = error.getCommandLine().getCommandSpec().positionalParameters();
    return error instanceof UnmatchedArgumentException unmatched
        ? "accepts at most %d arg(s), received %d"
            .formatted(arguments.size(), arguments.size() + unmatched.getUnmatched().size())
        : "requires at least %d arg(s), only received %d"
            .formatted(least(arguments), given(arguments));
  }

  private static int least(List<PositionalParamSpec> arguments) {
    return arguments.stream().mapToInt(argument -> argument.arity().min()).sum();
  }

  private static int given(List<PositionalParamSpec> arguments) {
    return arguments.stream().mapToInt(argument -> argument.stringValues().size()).sum();
  }

  static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
