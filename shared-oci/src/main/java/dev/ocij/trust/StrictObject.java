package dev.ocij.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object in which every key must be taken by somebody: where trust is decided, a key that
/// nobody understands may be the one that mattered.
final class StrictObject {
  private final String where;
  private final Map<String, JsonNode> left = new LinkedHashMap<>();

  private StrictObject(String where) {
    this.where = where;
  }

  /// @param where what the object is, for messages
  static StrictObject of(JsonNode node, String where) {
    if (!node.isObject()) {
      throw invalid(where, "expected an object");
    }
    var object = new StrictObject(where);
    node.properties().forEach(entry -> object.left.put(entry.getKey(), entry.getValue()));
    return object;
  }

  /// The value of a key, which is then done with; null where the key is not there.
  @Nullable JsonNode find(String key) {
    return left.remove(key);
  }

  JsonNode take(String key) {
    var value = left.remove(key);
    if (value == null) {
      throw invalid(where, "the key \"%s\" is missing".formatted(key));
    }
    return value;
  }

  StrictObject object(String key) {
    return of(take(key), "%s, \"%s\"".formatted(where, key));
  }

  String text(String key) {
    return text(take(key), key);
  }

  @Nullable String findText(String key) {
    var value = left.remove(key);
    return value == null ? null : text(value, key);
  }

  @Nullable Long findInteger(String key) {
    var value = left.remove(key);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(where, "\"%s\" must be an integer".formatted(key));
    }
    return value.longValue();
  }

  /// The strings of a list, at least one.
  List<String> texts(String key) {
    var value = take(key);
    if (!value.isArray() || value.isEmpty()) {
      throw invalid(where, "\"%s\" must be a list of strings that is not empty".formatted(key));
    }
    var texts = new ArrayList<String>();
    value.forEach(element -> texts.add(text(element, key)));
    return texts;
  }

  /// Which of these keys are there.
  List<String> present(List<String> keys) {
    return keys.stream().filter(left::containsKey).toList();
  }

  /// Which one of these keys is there.
  String exactlyOne(List<String> keys) {
    var present = present(keys);
    if (present.size() != 1) {
      throw invalid(
          where,
          "expected exactly one of %s, got %s"
              .formatted(String.join(", ", keys), present.isEmpty() ? "none" : present));
    }
    return present.getFirst();
  }

  /// Refuses what nobody took.
  void end() {
    if (!left.isEmpty()) {
      throw invalid(where, "unknown key %s".formatted(Quoted.of(left.keySet().iterator().next())));
    }
  }

  OciException invalid(String found) {
    return invalid(where, found);
  }

  private String text(JsonNode value, String key) {
    if (!value.isTextual()) {
      throw invalid(where, "\"%s\" must be a string".formatted(key));
    }
    return value.textValue();
  }

  private static OciException invalid(String where, String found) {
    return new OciException(OciException.Category.INVALID, where + ": " + found);
  }
}
