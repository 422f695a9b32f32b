package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one JSON object, field after field. What is absent, empty or zero is left out, as Go does;
/// what must be there in any case is `put`.
public final class FieldWriter {
  /// RFC 3339 as Go writes it: as many digits of a second as needed, in UTC.
  private static final DateTimeFormatter SHORTEST =
      new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

  private final ObjectNode object = Json.object();

  /// A time as documents have it.
  public static String shortest(Instant time) {
    return SHORTEST.format(time);
  }

  public FieldWriter put(String name, long number) {
    object.put(name, number);
    return this;
  }

  public FieldWriter put(String name, String text) {
    object.put(name, text);
    return this;
  }

  public FieldWriter put(String name, boolean value) {
    object.put(name, value);
    return this;
  }

  public FieldWriter put(String name, JsonNode value) {
    object.set(name, value);
    return this;
  }

  public FieldWriter put(String name, Collection<?> elements) {
    return put(name, array(elements));
  }

  /// What stands for the value as text: a string, a digest, a media type.
  public FieldWriter text(String name, @Nullable Object value) {
    var text = value == null ? "" : value.toString();
    return text.isEmpty() ? this : put(name, text);
  }

  public FieldWriter time(String name, @Nullable Instant time) {
    return time == null ? this : put(name, shortest(time));
  }

  /// A string where there is one, an empty one too.
  public FieldWriter present(String name, @Nullable String text) {
    return text == null ? this : put(name, text);
  }

  /// A number where there is one, zero too.
  public FieldWriter present(String name, @Nullable Number number) {
    return number == null ? this : put(name, number.longValue());
  }

  public FieldWriter number(String name, long number) {
    return number == 0 ? this : put(name, number);
  }

  public FieldWriter flag(String name, boolean value) {
    if (value) {
      object.put(name, true);
    }
    return this;
  }

  public FieldWriter form(String name, @Nullable JsonForm form) {
    return form == null ? this : put(name, form.json());
  }

  /// Forms, whole numbers, or what stands for itself as text.
  public FieldWriter list(String name, Collection<?> elements) {
    return elements.isEmpty() ? this : put(name, elements);
  }

  public FieldWriter map(String name, Map<String, String> texts) {
    return texts.isEmpty() ? this : put(name, node(texts));
  }

  /// Names with nothing to say of each.
  public FieldWriter set(String name, Map<String, Map<String, String>> names) {
    if (!names.isEmpty()) {
      var set = object.putObject(name);
      names.forEach((key, nothing) -> set.set(key, node(nothing)));
    }
    return this;
  }

  public ObjectNode node() {
    return object;
  }

  /// Strings by name.
  public static ObjectNode node(Map<String, String> texts) {
    var node = Json.object();
    texts.forEach(node::put);
    return node;
  }

  /// Forms, whole numbers, or what stands for itself as text.
  public static ArrayNode array(Collection<?> elements) {
    var array = Json.array();
    for (var element : elements) {
      if (element instanceof JsonForm form) {
        array.add(form.json());
      } else if (element instanceof Number number) {
        array.add(number.longValue());
      } else {
        array.add(element.toString());
      }
    }
    return array;
  }
}
