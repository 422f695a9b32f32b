package dev.ocij.spec;

import org.jspecify.annotations.Nullable;

/// Checks of what a specification demands; the message names the document and the field.
final class Required {
  private Required() {}

  static <T> T field(@Nullable T value, String document, String name) {
    if (value == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "%s: the field \"%s\" is missing".formatted(document, name));
    }
    return value;
  }
}
