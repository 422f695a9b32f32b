package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// The functions of Go's templates, and those that the container tools add (`json`, `join`, `pad`
/// …). A wrong argument is an [IllegalArgumentException], which says what is wrong.
final class TemplateFunctions {
  /// `and` and `or` decide before all their arguments are known; the evaluator does them.
  static final String AND = "and";

  static final String OR = "or";

  @FunctionalInterface
  private interface Function {
    JsonNode apply(List<JsonNode> arguments);
  }

  private static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("json", a -> text(GoJson.unescaped(only(a)))),
          Map.entry("lower", a -> text(string(only(a)).toLowerCase(Locale.ROOT))),
          Map.entry("upper", a -> text(string(only(a)).toUpperCase(Locale.ROOT))),
          Map.entry("title", a -> text(title(string(only(a))))),
          Map.entry("join", TemplateFunctions::join),
          Map.entry("split", TemplateFunctions::split),
          Map.entry("pad", TemplateFunctions::pad),
          Map.entry("truncate", TemplateFunctions::truncate),
          Map.entry("print", a -> text(print(a))),
          Map.entry("println", a -> text(println(a))),
          Map.entry("printf", a -> text(printf(a))),
          Map.entry("html", a -> text(TemplateEscapes.html(print(a)))),
          Map.entry("js", a -> text(TemplateEscapes.js(print(a)))),
          Map.entry("urlquery", a -> text(TemplateEscapes.urlquery(print(a)))),
          Map.entry("len", a -> LongNode.valueOf(length(only(a)))),
          Map.entry("index", TemplateFunctions::index),
          Map.entry("slice", TemplateFunctions::slice),
          Map.entry("not", a -> BooleanNode.valueOf(!GoValue.isTrue(only(a)))),
          Map.entry("eq", TemplateFunctions::equalsAny),
          Map.entry("ne", a -> BooleanNode.valueOf(!isEqual(two(a).getFirst(), a.getLast()))),
          Map.entry("lt", a -> compared(a, order -> order < 0)),
          Map.entry("le", a -> compared(a, order -> order <= 0)),
          Map.entry("gt", a -> compared(a, order -> order > 0)),
          Map.entry("ge", a -> compared(a, order -> order >= 0)));

  private TemplateFunctions() {}

  static boolean has(String name) {
    return name.equals(AND) || name.equals(OR) || ALL.containsKey(name);
  }

  static JsonNode call(String name, List<JsonNode> arguments) {
    var function = ALL.get(name);
    if (function == null) {
      throw new IllegalArgumentException("not defined");
    }
    return function.apply(arguments);
  }

  private static JsonNode join(List<JsonNode> arguments) {
    two(arguments);
    if (!arguments.getFirst().isArray()) {
      throw wrong("a list", arguments.getFirst());
    }
    return text(
        elements(arguments.getFirst()).stream()
            .map(GoValue::print)
            .collect(Collectors.joining(string(arguments.getLast()))));
  }

  private static JsonNode split(List<JsonNode> arguments) {
    two(arguments);
    var parts = list();
    var separator = Pattern.quote(string(arguments.getLast()));
    Arrays.stream(string(arguments.getFirst()).split(separator, -1)).forEach(parts::add);
    return parts;
  }

  /// Spaces before and behind a text that is not empty.
  private static JsonNode pad(List<JsonNode> arguments) {
    three(arguments);
    var padded = string(arguments.getFirst());
    return padded.isEmpty()
        ? text(padded)
        : text(
            " ".repeat(integer(arguments.get(1))) + padded + " ".repeat(integer(arguments.get(2))));
  }

  private static JsonNode truncate(List<JsonNode> arguments) {
    two(arguments);
    var whole = string(arguments.getFirst());
    int longest = Math.max(0, integer(arguments.getLast()));
    return text(
        whole.codePointCount(0, whole.length()) <= longest
            ? whole
            : whole.substring(0, whole.offsetByCodePoints(0, longest)));
  }

  /// A space stands between two values of which none is a string.
  private static String print(List<JsonNode> arguments) {
    var out = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      boolean apart = i > 0 && !arguments.get(i - 1).isTextual() && !arguments.get(i).isTextual();
      out.append(apart ? " " : "").append(GoValue.print(arguments.get(i)));
    }
    return out.toString();
  }

  private static String println(List<JsonNode> arguments) {
    return arguments.stream().map(GoValue::print).collect(Collectors.joining(" ", "", "\n"));
  }

  private static String printf(List<JsonNode> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("expected a format");
    }
    return GoFormat.format(string(arguments.getFirst()), arguments.subList(1, arguments.size()));
  }

  private static long length(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue().getBytes(StandardCharsets.UTF_8).length;
      case ARRAY, OBJECT -> value.size();
      default -> throw wrong("a list, map or string", value);
    };
  }

  private static JsonNode index(List<JsonNode> arguments) {
    var value = arguments.isEmpty() ? MissingNode.getInstance() : arguments.getFirst();
    for (var key : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
      value = element(value, key);
    }
    return value;
  }

  private static JsonNode element(JsonNode value, JsonNode key) {
    if (value.isObject()) {
      var found = value.path(string(key));
      boolean ofStrings = elements(value).stream().allMatch(JsonNode::isTextual);
      return found.isMissingNode() && ofStrings ? text("") : found;
    }
    if (!value.isArray()) {
      throw new IllegalArgumentException("can't index item of type " + GoValue.type(value));
    }
    int at = integer(key);
    if (at < 0 || at >= value.size()) {
      throw new IllegalArgumentException("index out of range: " + at);
    }
    return value.get(at);
  }

  /// From an index up to, not with, another; strings are cut by bytes.
  private static JsonNode slice(List<JsonNode> arguments) {
    if (arguments.isEmpty() || arguments.size() > 3) {
      throw new IllegalArgumentException("expected a value and at most two indexes");
    }
    var value = arguments.getFirst();
    int length = Math.toIntExact(length(value));
    int from = arguments.size() > 1 ? integer(arguments.get(1)) : 0;
    int to = arguments.size() > 2 ? integer(arguments.get(2)) : length;
    if (from < 0 || from > to || to > length) {
      throw new IllegalArgumentException("index out of range: %d:%d".formatted(from, to));
    }
    if (value.isTextual()) {
      var bytes = value.textValue().getBytes(StandardCharsets.UTF_8);
      return text(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    if (!value.isArray()) {
      throw wrong("a list or string", value);
    }
    var part = list();
    IntStream.range(from, to).mapToObj(value::get).forEach(part::add);
    return part;
  }

  /// Whether the first is equal to any of the others.
  private static JsonNode equalsAny(List<JsonNode> arguments) {
    if (arguments.size() < 2) {
      throw new IllegalArgumentException("missing argument for comparison");
    }
    var first = arguments.getFirst();
    return BooleanNode.valueOf(arguments.stream().skip(1).anyMatch(other -> isEqual(first, other)));
  }

  private static boolean isEqual(JsonNode one, JsonNode other) {
    if (isNothing(one) || isNothing(other)) {
      return isNothing(one) && isNothing(other);
    }
    if (one.isContainerNode() || one.getNodeType() != other.getNodeType()) {
      throw new IllegalArgumentException("incompatible types for comparison");
    }
    return one.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  private static JsonNode compared(List<JsonNode> arguments, IntPredicate wanted) {
    var one = two(arguments).getFirst();
    var other = arguments.getLast();
    if (one.isNumber() && other.isNumber()) {
      return BooleanNode.valueOf(wanted.test(one.decimalValue().compareTo(other.decimalValue())));
    }
    if (one.isTextual() && other.isTextual()) {
      return BooleanNode.valueOf(wanted.test(one.textValue().compareTo(other.textValue())));
    }
    throw new IllegalArgumentException("incompatible types for comparison");
  }

  private static String title(String text) {
    return Pattern.compile("(?<![\\p{L}\\p{Nd}_'])\\p{Ll}")
        .matcher(text)
        .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT));
  }

  private static JsonNode only(List<JsonNode> arguments) {
    return counted(arguments, 1).getFirst();
  }

  private static List<JsonNode> two(List<JsonNode> arguments) {
    return counted(arguments, 2);
  }

  private static List<JsonNode> three(List<JsonNode> arguments) {
    return counted(arguments, 3);
  }

  private static List<JsonNode> counted(List<JsonNode> arguments, int wanted) {
    if (arguments.size() != wanted) {
      throw new IllegalArgumentException(
          "wrong number of args: want %d got %d".formatted(wanted, arguments.size()));
    }
    return arguments;
  }

  private static String string(JsonNode value) {
    if (!value.isTextual()) {
      throw wrong("a string", value);
    }
    return value.textValue();
  }

  private static int integer(JsonNode value) {
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong("an integer", value);
    }
    return value.intValue();
  }

  private static IllegalArgumentException wrong(String expected, JsonNode found) {
    return new IllegalArgumentException(
        "expected %s, found %s".formatted(expected, GoValue.type(found)));
  }

  private static List<JsonNode> elements(JsonNode value) {
    return StreamSupport.stream(value.spliterator(), false).toList();
  }

  private static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }
}
