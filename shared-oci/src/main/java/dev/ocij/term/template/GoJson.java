package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// JSON as Go's `encoding/json` writes it, byte for byte, so that scripts which compare outputs go
/// on working. Fields stay in the order in which they are.
public final class GoJson {
  private final StringBuilder out = new StringBuilder();
  private final String indent;
  private final boolean escapeHtml;

  private GoJson(String indent, boolean escapeHtml) {
    this.indent = indent;
    this.escapeHtml = escapeHtml;
  }

  /// Many lines, indented by so many spaces a level; `<`, `>` and `&` are escaped.
  public static String indented(JsonNode value, int spaces) {
    return new GoJson(" ".repeat(spaces), true).write(value);
  }

  /// One line; `<`, `>` and `&` are escaped.
  public static String compact(JsonNode value) {
    return new GoJson("", true).write(value);
  }

  /// One line; `<`, `>` and `&` stand as they are.
  public static String unescaped(JsonNode value) {
    return new GoJson("", false).write(value);
  }

  private String write(JsonNode value) {
    append(value, 0);
    return out.toString();
  }

  private void append(JsonNode given, int depth) {
    var value = given instanceof GoSeen seen ? seen.json() : given;
    switch (value.getNodeType()) {
      case OBJECT -> appendObject(value, depth);
      case ARRAY -> appendArray(value, depth);
      case STRING -> appendString(value.textValue());
      case NUMBER -> out.append(number(value));
      case BOOLEAN -> out.append(value.booleanValue());
      case NULL, MISSING -> out.append("null");
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
    }
  }

  private void appendObject(JsonNode object, int depth) {
    out.append('{');
    var separator = "";
    for (var field : object.properties()) {
      out.append(separator);
      breakLine(depth + 1);
      appendString(field.getKey());
      out.append(indent.isEmpty() ? ":" : ": ");
      append(field.getValue(), depth + 1);
      separator = ",";
    }
    if (!object.isEmpty()) {
      breakLine(depth);
    }
    out.append('}');
  }

  private void appendArray(JsonNode array, int depth) {
    out.append('[');
    var separator = "";
    for (var element : array) {
      out.append(separator);
      breakLine(depth + 1);
      append(element, depth + 1);
      separator = ",";
    }
    if (!array.isEmpty()) {
      breakLine(depth);
    }
    out.append(']');
  }

  private void breakLine(int depth) {
    if (!indent.isEmpty()) {
      out.append('\n').repeat(indent, depth);
    }
  }

  private void appendString(String text) {
    out.append('"');
    text.codePoints().forEach(this::appendEscaped);
    out.append('"');
  }

  private void appendEscaped(int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (mustEscape(c)) {
          out.append("\\u%04x".formatted(c));
        } else if (Character.getType(c) == Character.SURROGATE) {
          out.append("\\ufffd");
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private boolean mustEscape(int c) {
    boolean html = c == '<' || c == '>' || c == '&';
    boolean breaksJavaScript = c == 0x2028 || c == 0x2029;
    return c < ' ' || breaksJavaScript || (escapeHtml && html);
  }

  /// Fractions in the fewest digits; an exponent below 1e-6 and from 1e21 on.
  private static String number(JsonNode number) {
    if (number.isIntegralNumber()) {
      return number.asText();
    }
    var value = new BigDecimal(Double.toString(number.doubleValue())).stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (value.signum() == 0 || (exponent >= -6 && exponent < 21)) {
      return value.toPlainString();
    }
    var digits = value.unscaledValue().abs().toString();
    var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value.signum() < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e" : "e+") + exponent;
  }
}
