package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The functions of Go's templates, and those that the container tools add (`json`, `join`, `pad`
/// …). A wrong argument is an [IllegalArgumentException], which says what is wrong.
final class TemplateFunctions {
  /// `and` and `or` decide before all their arguments are known; the evaluator does them.
  static final String AND = "and";

  static final String OR = "or";

  @FunctionalInterface
  private interface Function {
    JsonNode apply(TemplateArguments arguments);
  }

  private static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("json", a -> text(GoJson.unescaped(a.only()))),
          Map.entry("lower", a -> text(a.exactly(1).string(0).toLowerCase(Locale.ROOT))),
          Map.entry("upper", a -> text(a.exactly(1).string(0).toUpperCase(Locale.ROOT))),
          Map.entry("title", a -> text(title(a.exactly(1).string(0)))),
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
          Map.entry("len", a -> LongNode.valueOf(GoElements.length(a.only()))),
          Map.entry("index", TemplateFunctions::index),
          Map.entry("slice", TemplateFunctions::slice),
          Map.entry("not", a -> BooleanNode.valueOf(!GoValue.isTrue(a.only()))),
          Map.entry("eq", TemplateFunctions::equalsAny),
          Map.entry("ne", a -> BooleanNode.valueOf(!isEqual(a.exactly(2)))),
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
    return function.apply(new TemplateArguments(arguments));
  }

  private static JsonNode join(TemplateArguments arguments) {
    var joined = arguments.exactly(2).first();
    if (!joined.isArray()) {
      throw TemplateArguments.wrong("a list", joined);
    }
    return text(
        GoElements.all(joined).stream()
            .map(GoValue::print)
            .collect(Collectors.joining(arguments.string(1))));
  }

  private static JsonNode split(TemplateArguments arguments) {
    var whole = arguments.exactly(2).string(0);
    var parts = JsonNodeFactory.instance.arrayNode();
    Arrays.stream(whole.split(Pattern.quote(arguments.string(1)), -1)).forEach(parts::add);
    return parts;
  }

  /// Spaces before and behind a text that is not empty.
  private static JsonNode pad(TemplateArguments arguments) {
    var padded = arguments.exactly(3).string(0);
    return padded.isEmpty()
        ? text(padded)
        : text(" ".repeat(arguments.integer(1)) + padded + " ".repeat(arguments.integer(2)));
  }

  private static JsonNode truncate(TemplateArguments arguments) {
    var whole = arguments.exactly(2).string(0);
    int longest = Math.max(0, arguments.integer(1));
    return text(
        whole.codePointCount(0, whole.length()) <= longest
            ? whole
            : whole.substring(0, whole.offsetByCodePoints(0, longest)));
  }

  /// A space stands between two values of which none is a string.
  private static String print(TemplateArguments arguments) {
    var all = arguments.all();
    var out = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      boolean apart = i > 0 && !all.get(i - 1).isTextual() && !all.get(i).isTextual();
      out.append(apart ? " " : "").append(GoValue.print(all.get(i)));
    }
    return out.toString();
  }

  private static String println(TemplateArguments arguments) {
    return arguments.all().stream().map(GoValue::print).collect(Collectors.joining(" ", "", "\n"));
  }

  private static String printf(TemplateArguments arguments) {
    if (arguments.count() == 0) {
      throw new IllegalArgumentException("expected a format");
    }
    return GoFormat.format(arguments.string(0), arguments.rest());
  }

  private static JsonNode index(TemplateArguments arguments) {
    var value = arguments.count() == 0 ? MissingNode.getInstance() : arguments.first();
    for (var key : arguments.rest()) {
      value = GoElements.at(value, key);
    }
    return value;
  }

  private static JsonNode slice(TemplateArguments arguments) {
    int count = arguments.count();
    if (count < 1 || count > 3) {
      throw new IllegalArgumentException("expected a value and at most two indexes");
    }
    int length = Math.toIntExact(GoElements.length(arguments.first()));
    int from = count > 1 ? arguments.integer(1) : 0;
    int to = count > 2 ? arguments.integer(2) : length;
    return GoElements.slice(arguments.first(), from, to);
  }

  /// Whether the first is equal to any of the others.
  private static JsonNode equalsAny(TemplateArguments arguments) {
    if (arguments.count() < 2) {
      throw new IllegalArgumentException("missing argument for comparison");
    }
    var first = arguments.first();
    return BooleanNode.valueOf(
        arguments.rest().stream().anyMatch(other -> GoComparison.isEqual(first, other)));
  }

  private static boolean isEqual(TemplateArguments two) {
    return GoComparison.isEqual(two.first(), two.last());
  }

  private static JsonNode compared(TemplateArguments arguments, IntPredicate wanted) {
    var two = arguments.exactly(2);
    return BooleanNode.valueOf(wanted.test(GoComparison.order(two.first(), two.last())));
  }

  private static String title(String text) {
    return Pattern.compile("(?<![\\p{L}\\p{Nd}_'])\\p{Ll}")
        .matcher(text)
        .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT));
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }
}
