package dev.ocij.buildah.plan;

import dev.ocij.spec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The canonical text of a step.
final class Identity {
  private Identity() {}

  /// The keyword and a JSON array, so that no two lists of arguments give the same text.
  static String of(String keyword, List<?> arguments) {
    return keyword + " " + new String(Json.write(arguments), StandardCharsets.UTF_8);
  }
}
