package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.Arrays;
import java.util.Locale;

/// A value out of a closed list.
final class Choice {
  private Choice() {}

  /// The constant whose name in lower case is this text.
  ///
  /// @param name what is chosen, for the message
  static <E extends Enum<E>> E parse(SourceText value, String name, Class<E> choices) {
    var known = Arrays.stream(choices.getEnumConstants()).map(Choice::word).toList();
    int index = known.indexOf(value.toString());
    if (index < 0) {
      throw value.error(
          "invalid %s %s".formatted(name, Quoted.of(value.toString())),
          Closest.suggestion(value.toString(), known));
    }
    return choices.getEnumConstants()[index];
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
