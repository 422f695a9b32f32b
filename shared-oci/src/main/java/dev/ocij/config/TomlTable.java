package dev.ocij.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// A table of a TOML document. What is not there reads as empty or false; a value of another type
/// than the asked one is refused.
record TomlTable(JsonNode node) {
  private static final TomlFactory TOML = new TomlFactory();

  /// @throws OciException with the line and column where the text is no TOML
  static TomlTable parse(String text) throws IOException {
    try (var parser = TOML.createParser(text)) {
      return new TomlTable(Json.readTree(parser));
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw refused(
          "%s (line %d, column %d)"
              .formatted(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr()));
    }
  }

  List<String> keys() {
    return node.properties().stream().map(entry -> entry.getKey()).toList();
  }

  TomlTable table(String key) {
    return new TomlTable(expected(key, node.path(key).isObject(), "a table"));
  }

  /// An array of tables.
  List<TomlTable> tables(String key) {
    return elements(key, JsonNode::isObject, "an array of tables")
        .map(array -> array.stream().map(TomlTable::new).toList())
        .orElse(List.of());
  }

  String text(String key) {
    return expected(key, node.path(key).isTextual(), "a string").asText("");
  }

  boolean truth(String key) {
    return expected(key, node.path(key).isBoolean(), "true or false").asBoolean();
  }

  /// An array of strings; empty without one.
  Optional<List<String>> texts(String key) {
    return elements(key, JsonNode::isTextual, "an array of strings")
        .map(array -> array.stream().map(JsonNode::asText).toList());
  }

  private Optional<List<JsonNode>> elements(String key, Predicate<JsonNode> fit, String kind) {
    var array = node.path(key);
    var elements = StreamSupport.stream(array.spliterator(), false).toList();
    boolean fits = array.isArray() && elements.stream().allMatch(fit);
    return expected(key, fits, kind).isMissingNode() ? Optional.empty() : Optional.of(elements);
  }

  private JsonNode expected(String key, boolean fits, String kind) {
    if (fits) {
      return node.path(key);
    }
    if (node.has(key)) {
      throw refused("%s: expected %s".formatted(Quoted.of(key), kind));
    }
    return MissingNode.getInstance();
  }

  private static OciException refused(String found) {
    return new OciException(OciException.Category.INVALID, found);
  }
}
