package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// What is in lists, maps and strings, which have the bytes of UTF-8.
final class GoElements {
  private GoElements() {}

  static List<JsonNode> all(JsonNode value) {
    return StreamSupport.stream(value.spliterator(), false).toList();
  }

  static long length(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue().getBytes(StandardCharsets.UTF_8).length;
      case ARRAY, OBJECT -> value.size();
      default -> throw TemplateArguments.wrong("a list, map or string", value);
    };
  }

  /// The one with a key or, in a list, at an index. A map of texts has an empty one for any key.
  static JsonNode at(JsonNode value, JsonNode key) {
    if (value.isObject()) {
      var found = value.path(TemplateArguments.string(key));
      boolean ofStrings = all(value).stream().allMatch(JsonNode::isTextual);
      return found.isMissingNode() && ofStrings ? TextNode.valueOf("") : found;
    }
    if (!value.isArray()) {
      throw new IllegalArgumentException("can't index item of type " + GoValue.type(value));
    }
    int at = TemplateArguments.integer(key);
    if (at < 0 || at >= value.size()) {
      throw new IllegalArgumentException("index out of range: " + at);
    }
    return value.get(at);
  }

  /// From an index up to, not with, another.
  static JsonNode slice(JsonNode value, int from, int to) {
    if (from < 0 || from > to || to > length(value)) {
      throw new IllegalArgumentException("index out of range: %d:%d".formatted(from, to));
    }
    if (value.isTextual()) {
      var bytes = value.textValue().getBytes(StandardCharsets.UTF_8);
      return TextNode.valueOf(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    if (!value.isArray()) {
      throw TemplateArguments.wrong("a list or string", value);
    }
    var part = JsonNodeFactory.instance.arrayNode();
    IntStream.range(from, to).mapToObj(value::get).forEach(part::add);
    return part;
  }
}
