package dev.ocij.term;

import dev.ocij.spec.Quoted;

/// Values of options as Go's `strconv` reads them, and so those of the peers.
final class GoNumbers {
  private GoNumbers() {}

  /// @throws IllegalArgumentException in the words of Go
  static boolean truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw invalid("ParseBool", text);
    };
  }

  /// @throws IllegalArgumentException in the words of Go
  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw invalid("ParseInt", text);
    }
  }

  /// A number from 0 on.
  ///
  /// @throws IllegalArgumentException in the words of Go
  static int count(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw invalid("ParseUint", text);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException invalid(String function, String text) {
    return new IllegalArgumentException(
        "strconv.%s: parsing %s: invalid syntax".formatted(function, Quoted.of(text)));
  }
}
