package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// JSON as YAML for people: keys in alphabetical order, two spaces a level.
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9 /_.,()+=@<>-]*");
  private static final Pattern OTHER_TYPE =
      Pattern.compile("(?i)y|n|yes|no|true|false|on|off|null|~");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(JsonNode object) {
    var text = new YamlText();
    text.object(object, 0);
    return text.out.toString();
  }

  private void object(JsonNode object, int depth) {
    var fields = new TreeMap<String, JsonNode>(String.CASE_INSENSITIVE_ORDER);
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.forEach((key, value) -> {
      out.repeat("  ", depth).append(key).append(':');
      value(value, depth);
    });
  }

  private void value(JsonNode value, int depth) {
    if (value.isContainerNode() && value.isEmpty()) {
      out.append(value.isArray() ? " []\n" : " {}\n");
    } else if (value.isObject()) {
      out.append('\n');
      object(value, depth + 1);
    } else if (value.isArray()) {
      out.append('\n');
      value.forEach(element -> element(element, depth));
    } else {
      out.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void element(JsonNode element, int depth) {
    out.repeat("  ", depth).append('-');
    if (!element.isObject()) {
      value(element, depth);
      return;
    }
    int start = out.length();
    object(element, depth + 1);
    // The first key stands on the line of the dash.
    out.replace(start, start + 2 * (depth + 1), " ");
  }

  private static String scalar(JsonNode value) {
    var text = value.asText();
    if (!value.isTextual() || isPlain(text)) {
      return text;
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !OTHER_TYPE.matcher(text).matches();
  }
}
