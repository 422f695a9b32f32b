package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, each read as the type that the document's specification gives it.
///
/// A field that is `null` is as one that is not there, for Go writes so what it has not. One of
/// another type is refused, by its path. Fields that nobody asks for are passed over.
public final class FieldReader {
  private final JsonNode object;
  private final JsonPlace place;

  private FieldReader(JsonNode object, JsonPlace place) {
    this.object = object;
    this.place = place;
  }

  /// The fields of a whole document.
  public static FieldReader of(JsonNode document) {
    if (document.isNull()) {
      throw new OciException(OciException.Category.INVALID, "the document is null");
    }
    return of(document, JsonPlace.DOCUMENT);
  }

  private static FieldReader of(JsonNode node, JsonPlace place) {
    if (!node.isObject()) {
      throw expected(place, "an object");
    }
    return new FieldReader(node, place);
  }

  /// Whether something stands there.
  public boolean has(String name) {
    return find(name) != null;
  }

  /// A string; null where there is none.
  public @Nullable String text(String name) {
    var value = find(name);
    return value == null ? null : text(value, at(name));
  }

  /// A string that must be there.
  public String required(String name) {
    var value = text(name);
    if (value == null) {
      throw expected(at(name), "a string");
    }
    return value;
  }

  /// A string that stands for something.
  public <T> @Nullable T parsed(String name, Function<String, T> parse) {
    var value = find(name);
    return value == null ? null : parse.apply(text(value, at(name)));
  }

  /// A time of RFC 3339, with any offset.
  public @Nullable Instant time(String name) {
    var value = find(name);
    try {
      return value == null ? null : OffsetDateTime.parse(text(value, at(name))).toInstant();
    } catch (DateTimeException _) {
      throw expected(at(name), "an RFC 3339 time");
    }
  }

  /// A time that must be there.
  public Instant requiredTime(String name) {
    var value = time(name);
    if (value == null) {
      throw expected(at(name), "an RFC 3339 time");
    }
    return value;
  }

  /// The name of one of these that must be there.
  public <E extends Enum<E>> E choice(String name, Class<E> all) {
    var text = text(name);
    for (var each : all.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw expected(at(name), "one of " + Arrays.toString(all.getEnumConstants()));
  }

  /// A whole number that must be there.
  public long number(String name) {
    var value = find(name);
    return number(value == null ? object : value, at(name));
  }

  /// A whole number; zero where there is none.
  public long numberOrZero(String name) {
    var value = find(name);
    return value == null ? 0 : number(value, at(name));
  }

  /// A whole number; null where there is none.
  public @Nullable Long numberOrNull(String name) {
    return find(name) == null ? null : number(name);
  }

  /// A list of numbers that an `int` holds each; empty where there is none.
  public List<Integer> integers(String name) {
    return list(name, FieldReader::integer);
  }

  /// A number that an `int` holds; null where there is none.
  public @Nullable Integer integerOrNull(String name) {
    return find(name) == null ? null : integer(name);
  }

  /// A number that an `int` holds and that must be there.
  public int integer(String name) {
    var value = find(name);
    return integer(value == null ? object : value, at(name));
  }

  /// A number that an `int` holds; zero where there is none.
  public int integerOrZero(String name) {
    return find(name) == null ? 0 : integer(name);
  }

  /// True or false; false where there is neither.
  public boolean flag(String name) {
    var value = find(name);
    if (value != null && !value.isBoolean()) {
      throw expected(at(name), "true or false");
    }
    return value != null && value.booleanValue();
  }

  /// An object.
  public <T> @Nullable T object(String name, Function<FieldReader, T> form) {
    var value = find(name);
    return value == null ? null : form.apply(of(value, at(name)));
  }

  /// An object that must be there.
  public <T> T requiredObject(String name, Function<FieldReader, T> form) {
    var value = find(name);
    if (value == null) {
      throw expected(at(name), "an object");
    }
    return form.apply(of(value, at(name)));
  }

  /// A list of objects; empty where there is none.
  public <T> List<T> objects(String name, Function<FieldReader, T> form) {
    return list(name, (element, where) -> form.apply(of(element, where)));
  }

  /// A list of strings; empty where there is none.
  public List<String> texts(String name) {
    return list(name, FieldReader::text);
  }

  /// A list of strings that stand for something; empty where there is none.
  public <T> List<T> parsedTexts(String name, Function<String, T> parse) {
    return list(name, (element, where) -> parse.apply(text(element, where)));
  }

  /// Strings by name, in the document's order; empty where there are none.
  public Map<String, String> textMap(String name) {
    return map(name, FieldReader::text);
  }

  /// A string, or a number as it is written; null where there is neither.
  public @Nullable String textOrNumber(String name) {
    var value = find(name);
    return value != null && value.isNumber() ? value.asText() : text(name);
  }

  /// Names with nothing to say of each, as Go writes sets: `{"80/tcp": {}}`.
  public Map<String, Map<String, String>> set(String name) {
    return map(name, (value, where) -> of(value, where).all());
  }

  private Map<String, String> all() {
    var texts = new LinkedHashMap<String, String>();
    object
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), text(entry.getValue(), at(entry.getKey()))));
    return texts;
  }

  private <T> List<T> list(String name, Reading<T> reading) {
    var value = find(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw expected(at(name), "a list");
    }
    var elements = new ArrayList<T>(value.size());
    var list = at(name);
    for (var element : value) {
      elements.add(reading.read(element, list.element(elements.size())));
    }
    return elements;
  }

  private <T> Map<String, T> map(String name, Reading<T> reading) {
    var value = find(name);
    if (value == null) {
      return Map.of();
    }
    var inner = of(value, at(name));
    var entries = new LinkedHashMap<String, T>();
    for (var entry : value.properties()) {
      entries.put(entry.getKey(), reading.read(entry.getValue(), inner.at(entry.getKey())));
    }
    return entries;
  }

  private @Nullable JsonNode find(String name) {
    var value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonPlace at(String name) {
    return place.field(name);
  }

  private static String text(JsonNode value, JsonPlace place) {
    if (!value.isTextual()) {
      throw expected(place, "a string");
    }
    return value.textValue();
  }

  private static long number(JsonNode value, JsonPlace place) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw expected(place, "a whole number");
    }
    return value.longValue();
  }

  private static int integer(JsonNode value, JsonPlace place) {
    long number = number(value, place);
    if (number != (int) number) {
      throw expected(place, "a whole number of 32 bits");
    }
    return (int) number;
  }

  private static OciException expected(JsonPlace place, String type) {
    var path = place.toString();
    var where = path.isEmpty() ? "" : Quoted.of(path) + ": ";
    return new OciException(OciException.Category.INVALID, where + "expected " + type);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(JsonNode value, JsonPlace place);
  }
}
