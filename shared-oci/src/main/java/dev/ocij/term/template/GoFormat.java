package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Go's `Printf`: `%v %s %q %d %x %X %t %f %e %g %T %%`, with flags `-`, `0`, `+`, a width and a
/// precision. What does not fit its verb shows in the output, as in `%!d(string=x)`.
final class GoFormat {
  private static final Pattern VERB =
      Pattern.compile("%(?<flags>[-+# 0]*)(?<width>\\d+)?(?:\\.(?<precision>\\d+))?(?<verb>.)?");
  private static final int WIDEST = 1_000_000;

  private final List<JsonNode> arguments;
  private int used;

  private GoFormat(List<JsonNode> arguments) {
    this.arguments = arguments;
  }

  static String format(String format, List<JsonNode> arguments) {
    return new GoFormat(arguments).format(format);
  }

  private String format(String format) {
    var formatted =
        VERB.matcher(format).replaceAll(verb -> Matcher.quoteReplacement(replacement(verb)));
    var extra = arguments.subList(used, arguments.size());
    return extra.isEmpty()
        ? formatted
        : extra.stream()
            .map(GoFormat::typed)
            .collect(Collectors.joining(", ", formatted + "%!(EXTRA ", ")"));
  }

  private String replacement(MatchResult found) {
    var verb = found.group("verb");
    if (verb == null) {
      return "%!(NOVERB)";
    }
    if (verb.equals("%")) {
      return "%";
    }
    if (used == arguments.size()) {
      return "%!" + verb + "(MISSING)";
    }
    var value = arguments.get(used++);
    var flags = found.group("flags");
    var text = verb(verb, value, number(found.group("precision")));
    var signed = flags.contains("+") && value.isNumber() && !text.startsWith("-");
    return padded(signed ? "+" + text : text, flags, number(found.group("width")), value);
  }

  /// -1 where there is none.
  private static int number(@Nullable String digits) {
    if (digits == null) {
      return -1;
    }
    return digits.length() > 6 ? WIDEST : Integer.parseInt(digits);
  }

  private static String padded(String text, String flags, int width, JsonNode value) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    if (!flags.contains("0")) {
      return " ".repeat(missing) + text;
    }
    boolean sign = value.isNumber() && (text.startsWith("-") || text.startsWith("+"));
    return sign
        ? text.charAt(0) + "0".repeat(missing) + text.substring(1)
        : "0".repeat(missing) + text;
  }

  private static String verb(String verb, JsonNode value, int precision) {
    return switch (verb) {
      case "v" -> GoValue.print(value);
      case "T" -> GoValue.type(value);
      case "s" ->
          value.isNumber() || value.isBoolean() ? wrong(verb, value) : string(value, precision);
      case "q" -> value.isTextual() ? quoted(value.textValue()) : wrong(verb, value);
      case "d" -> value.isIntegralNumber() ? value.asText() : wrong(verb, value);
      case "t" -> value.isBoolean() ? value.asText() : wrong(verb, value);
      case "x" -> hexadecimal(verb, value);
      case "X" -> hexadecimal("x", value).toUpperCase(Locale.ROOT);
      case "e", "f", "g" -> fraction(verb, value, precision);
      default -> wrong(verb, value);
    };
  }

  private static String string(JsonNode value, int precision) {
    var text = GoValue.print(value);
    return precision < 0 || text.codePointCount(0, text.length()) <= precision
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String quoted(String text) {
    return GoJson.unescaped(TextNode.valueOf(text));
  }

  private static String hexadecimal(String verb, JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue().toString(16);
    }
    return value.isTextual()
        ? HexFormat.of().formatHex(value.textValue().getBytes(StandardCharsets.UTF_8))
        : wrong(verb, value);
  }

  private static String fraction(String verb, JsonNode value, int precision) {
    if (!value.isFloatingPointNumber()) {
      return wrong(verb, value);
    }
    return verb.equals("g")
        ? GoValue.print(value)
        : ("%." + (precision < 0 ? 6 : precision) + verb).formatted(value.doubleValue());
  }

  private static String wrong(String verb, JsonNode value) {
    return "%!" + verb + "(" + typed(value) + ")";
  }

  private static String typed(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? "<nil>"
        : GoValue.type(value) + "=" + GoValue.print(value);
  }
}
