package dev.ocij.term.template;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments as Go's `Format` writes them: a layout shows how it would write the second of January
/// 2006, five seconds past 15:04, seven hours west of Greenwich.
final class GoLayout {
  private static final Pattern ELEMENT =
      Pattern.compile(
          """
          January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|_2(?!006)|002|0[1-6]|15|[1-5]|PM|pm
          |[-Z]07(?::00(?::00)?|00(?:00)?)?
          |[.,](?:0+|9+)(?![0-9])
          """,
          Pattern.COMMENTS);

  /// How the JDK names the same.
  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("January", "MMMM"),
          Map.entry("Jan", "MMM"),
          Map.entry("01", "MM"),
          Map.entry("1", "M"),
          Map.entry("Monday", "EEEE"),
          Map.entry("Mon", "EEE"),
          Map.entry("02", "dd"),
          Map.entry("_2", "ppd"),
          Map.entry("2", "d"),
          Map.entry("002", "DDD"),
          Map.entry("__2", "pppD"),
          Map.entry("2006", "uuuu"),
          Map.entry("06", "uu"),
          Map.entry("15", "HH"),
          Map.entry("03", "hh"),
          Map.entry("3", "h"),
          Map.entry("04", "mm"),
          Map.entry("4", "m"),
          Map.entry("05", "ss"),
          Map.entry("5", "s"),
          Map.entry("PM", "a"),
          Map.entry("MST", "'UTC'"),
          Map.entry("-07", "x"),
          Map.entry("-0700", "xx"),
          Map.entry("-07:00", "xxx"),
          Map.entry("-070000", "xx'00'"),
          Map.entry("-07:00:00", "xxx':00'"),
          Map.entry("Z07", "X"),
          Map.entry("Z0700", "XX"),
          Map.entry("Z07:00", "XXX"),
          Map.entry("Z070000", "XXXX"),
          Map.entry("Z07:00:00", "XXXXX"));

  private GoLayout() {}

  static String format(String layout, OffsetDateTime moment) {
    return ELEMENT
        .matcher(layout)
        .replaceAll(element -> Matcher.quoteReplacement(element(element, moment)));
  }

  private static String element(MatchResult found, OffsetDateTime moment) {
    var element = found.group();
    char first = element.charAt(0);
    if (first == '.' || first == ',') {
      return fraction(element, moment);
    }
    if (element.equals("pm")) {
      return element("a", moment).toLowerCase(Locale.ROOT);
    }
    return element(PATTERNS.getOrDefault(element, "'" + element + "'"), moment);
  }

  private static String element(String pattern, OffsetDateTime moment) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment);
  }

  /// As many digits as there are zeros; of nines those that are not zero at the end.
  private static String fraction(String element, OffsetDateTime moment) {
    var digits = "%09d".formatted(moment.getNano());
    int wanted = element.length() - 1;
    var shown = digits.substring(0, Math.min(wanted, 9)) + "0".repeat(Math.max(0, wanted - 9));
    if (element.charAt(1) == '0') {
      return element.charAt(0) + shown;
    }
    var trimmed = shown.replaceFirst("0+$", "");
    return trimmed.isEmpty() ? "" : element.charAt(0) + trimmed;
  }
}
