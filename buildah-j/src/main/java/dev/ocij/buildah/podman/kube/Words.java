package dev.ocij.buildah.podman.kube;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words of a command line that stand for a value of a document.
final class Words {
  private Words() {}

  /// Adds an option, where there is a value.
  static void add(List<String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.add(option + "=" + value);
    }
  }

  /// Adds an option that stands alone, where it is wanted.
  static void addFlag(List<String> words, String option, boolean wanted) {
    if (wanted) {
      words.add(option);
    }
  }

  /// Texts in one word, as options read them.
  static String list(List<String> texts) {
    return new String(Json.write(texts), StandardCharsets.UTF_8);
  }

  static OciException unexpected(String field, String value, String expected) {
    return new OciException(
        OciException.Category.INVALID,
        "%s %s: expected %s".formatted(field, Quoted.of(value), expected));
  }
}
