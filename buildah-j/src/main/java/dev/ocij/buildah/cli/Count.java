package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// A number on the command line.
final class Count {
  private static final String NUMBER = "[0-9]{1,9}";

  private Count() {}

  /// @param option whose value it is, for the message
  /// @throws OciException of category `USAGE` where the text is no number from 0 on
  static int parse(String option, String text) {
    if (!text.matches(NUMBER)) {
      throw new OciException(
          OciException.Category.USAGE,
          "%s %s: expected a number, 0 or more".formatted(option, Quoted.of(text)));
    }
    return Integer.parseInt(text);
  }
}
