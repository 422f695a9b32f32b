package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.Locale;

/// Yes and no in the spellings of Go.
final class Truth {
  private Truth() {}

  /// @param name what is set to the value, for the message
  static boolean parse(SourceText value, String name) {
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "1", "t", "true" -> true;
      case "0", "f", "false" -> false;
      default ->
          throw value.error(
              "%s: invalid value %s".formatted(name, Quoted.of(value.toString())),
              "expected true or false");
    };
  }
}
