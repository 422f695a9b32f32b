package dev.ocij.buildah.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What variables stand for.
@FunctionalInterface
public interface Variables {
  /// The value, which may be empty; null where the variable is not set.
  @Nullable String get(String name);

  static Variables of(Map<String, String> values) {
    return values::get;
  }
}
