package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// JSON as the values that a Go program would hold.
///
/// An object is a struct where each of its keys could name an exported field, as in `{"Name":"x"}`;
/// any other, and an empty one, is a map. Structs have all their fields, maps have any keys.
final class GoValue {
  private GoValue() {}

  static boolean isStruct(JsonNode value) {
    return value instanceof GoStruct
        || (value.isObject()
            && !(value instanceof GoMap)
            && !value.isEmpty()
            && value.properties().stream().allMatch(field -> isExported(field.getKey())));
  }

  private static boolean isExported(String name) {
    return !name.isEmpty()
        && Character.isUpperCase(name.codePointAt(0))
        && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }

  /// The entries of a map, in the order in which Go visits them.
  static Map<String, JsonNode> sorted(JsonNode map) {
    var sorted = new TreeMap<String, JsonNode>();
    map.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }

  /// What `if` takes for true.
  static boolean isTrue(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.decimalValue().signum() != 0;
      case STRING -> !value.textValue().isEmpty();
      case ARRAY, OBJECT -> !value.isEmpty();
      default -> false;
    };
  }

  /// As `%v` prints it.
  static String print(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case NUMBER -> number(value);
      case NULL -> "<nil>";
      case MISSING -> "<no value>";
      case ARRAY ->
          StreamSupport.stream(value.spliterator(), false)
              .map(GoValue::print)
              .collect(Collectors.joining(" ", "[", "]"));
      case OBJECT -> isStruct(value) ? struct(value) : map(value);
      default -> value.asText();
    };
  }

  private static String struct(JsonNode value) {
    return value.properties().stream()
        .map(field -> print(field.getValue()))
        .collect(Collectors.joining(" ", "{", "}"));
  }

  private static String map(JsonNode value) {
    return sorted(value).entrySet().stream()
        .map(entry -> entry.getKey() + ":" + element(entry.getValue()))
        .collect(Collectors.joining(" ", "map[", "]"));
  }

  /// Nothing at all is what a set has for each of its members, an empty struct.
  private static String element(JsonNode value) {
    return value.isObject() && value.isEmpty() ? "{}" : print(value);
  }

  /// Fractions with an exponent below 1e-4 and from 1e21 on.
  private static String number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asText();
    }
    var number = new BigDecimal(Double.toString(value.doubleValue())).stripTrailingZeros();
    int exponent = number.precision() - number.scale() - 1;
    if (number.signum() == 0 || (exponent >= -4 && exponent < 21)) {
      return number.toPlainString();
    }
    var mantissa = number.movePointLeft(exponent).toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /// A number as a template has it.
  static JsonNode number(String text) {
    boolean hexadecimal = text.contains("x") || text.contains("X");
    return !hexadecimal && text.matches(".*[.eE].*")
        ? DoubleNode.valueOf(Double.parseDouble(text))
        : LongNode.valueOf(hexadecimal ? Long.decode(text) : Long.parseLong(text));
  }

  /// The name of the type, for messages.
  static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float64";
      case BOOLEAN -> "bool";
      case ARRAY -> "list";
      case OBJECT -> isStruct(value) ? "struct" : "map";
      default -> "nil";
    };
  }
}
