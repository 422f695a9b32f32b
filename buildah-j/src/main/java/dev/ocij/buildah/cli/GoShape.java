package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Json;
import dev.ocij.term.template.GoList;
import dev.ocij.term.template.GoSpan;
import dev.ocij.term.template.GoStruct;
import dev.ocij.term.template.GoTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.UnaryOperator;

/// A struct of Go: its fields, in their order.
record GoShape(List<Field> fields) {
  /// @param key how JSON names it
  /// @param name how templates do
  /// @param seen its value, also where the JSON has none
  record Field(String key, String name, UnaryOperator<JsonNode> seen) {
    /// Puts it into `struct` as `json` has it.
    void addTo(ObjectNode struct, JsonNode json) {
      struct.set(name, seen.apply(json.path(key)));
    }
  }

  static GoShape of(Field... fields) {
    return new GoShape(List.of(fields));
  }

  /// The struct that was written as `json`.
  GoStruct seen(JsonNode json) {
    var struct = new GoStruct(json);
    fields.forEach(field -> field.addTo(struct, json));
    return struct;
  }

  static Field text(String key, String name) {
    return new Field(key, name, json -> isThere(json) ? json : TextNode.valueOf(""));
  }

  static Field truth(String key, String name) {
    return new Field(key, name, json -> isThere(json) ? json : BooleanNode.FALSE);
  }

  static Field number(String key, String name) {
    return new Field(key, name, json -> isThere(json) ? json : LongNode.valueOf(0));
  }

  static Field list(String key, String name) {
    return new Field(key, name, json -> isThere(json) ? json : new GoList());
  }

  static Field map(String key, String name) {
    return new Field(key, name, json -> isThere(json) ? json : Json.object());
  }

  static Field time(String key, String name) {
    return new Field(key, name, GoShape::time);
  }

  static Field duration(String key, String name) {
    return new Field(key, name, json -> new GoSpan(Duration.ofNanos(json.asLong()), json));
  }

  static Field struct(String key, String name, GoShape shape) {
    return new Field(key, name, shape::seen);
  }

  /// A struct that may be missing, which shows.
  static Field pointer(String key, String name, GoShape shape) {
    return new Field(
        key, name, json -> isThere(json) ? shape.seen(json) : Json.object().nullNode());
  }

  static Field structs(String key, String name, GoShape shape) {
    return new Field(key, name, json -> Json.array(json.valueStream().map(shape::seen)));
  }

  private static JsonNode time(JsonNode json) {
    try {
      return new GoTime(OffsetDateTime.parse(json.asText()).toInstant(), json);
    } catch (DateTimeException _) {
      return json; // as somebody wrote it
    }
  }

  private static boolean isThere(JsonNode json) {
    return !json.isNull() && !json.isMissingNode();
  }
}
