package dev.ocij.term;

import dev.ocij.spec.Quoted;

/// Yes or no as Go's `strconv.ParseBool` reads it, and so every option of the peers.
final class GoBoolean {
  private GoBoolean() {}

  /// @throws IllegalArgumentException in the words of Go
  static boolean parse(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new IllegalArgumentException(
              "strconv.ParseBool: parsing %s: invalid syntax".formatted(Quoted.of(text)));
    };
  }
}
