package dev.ocij.buildah.sourcepolicy;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which sources a rule is about.
///
/// @param pattern what identifiers match; that which is equal to the text matches in any case
record SourceSelector(
    String text, MatchType type, Pattern pattern, List<AttributeConstraint> constraints) {
  private static final Pattern GROUP = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /// How an identifier is compared.
  enum MatchType {
    /// Each `*` stands for any characters.
    WILDCARD,
    EXACT,
    /// Anywhere in the identifier.
    REGEX
  }

  static SourceSelector from(FieldReader json) {
    var text = json.required("identifier");
    var type = type(json);
    return new SourceSelector(
        text, type, pattern(text, type), json.objects("constraints", AttributeConstraint::from));
  }

  /// Both spellings are in use.
  private static MatchType type(FieldReader json) {
    for (var name : List.of("matchType", "match_type")) {
      if (json.text(name) != null) {
        return json.choice(name, MatchType.class);
      }
    }
    return MatchType.WILDCARD;
  }

  private static Pattern pattern(String text, MatchType type) {
    return switch (type) {
      case EXACT -> Pattern.compile(Pattern.quote(text));
      case WILDCARD -> wildcards(text);
      case REGEX -> compiled(text);
    };
  }

  private static Pattern wildcards(String text) {
    var all = new StringBuilder();
    for (var part : text.split("(?=\\*)|(?<=\\*)", -1)) {
      all.append(part.equals("*") ? "(.*?)" : Pattern.quote(part));
    }
    return Pattern.compile(all.toString());
  }

  static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "invalid pattern %s: %s".formatted(Quoted.of(regex), e.getDescription()),
          e);
    }
  }

  boolean matches(BuildSource source) {
    return constraints.stream().allMatch(each -> each.holds(source.attributes()))
        && (text.equals(source.identifier()) || matches(source.identifier()));
  }

  private boolean matches(String identifier) {
    var matcher = pattern.matcher(identifier);
    return type == MatchType.REGEX ? matcher.find() : matcher.matches();
  }

  /// What an identifier becomes that matches.
  ///
  /// @param format `$1` and `${1}` in it are what the first `*` or group stands for
  String formatted(String identifier, String format) {
    var matcher = pattern.matcher(identifier);
    return switch (type) {
      case EXACT -> format;
      case WILDCARD -> matcher.matches() ? filled(format, matcher) : format;
      case REGEX -> matcher.replaceAll(match -> Matcher.quoteReplacement(filled(format, matcher)));
    };
  }

  private static String filled(String format, Matcher match) {
    return GROUP
        .matcher(format)
        .replaceAll(group -> {
          var name = Optional.ofNullable(group.group(1)).orElse(group.group(2));
          return Matcher.quoteReplacement(group(match, name));
        });
  }

  /// One that the pattern does not have is empty, as in Go.
  private static String group(Matcher match, String name) {
    try {
      var found =
          Character.isDigit(name.charAt(0))
              ? match.group(Integer.parseInt(name))
              : match.group(name);
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
      return "";
    }
  }
}
