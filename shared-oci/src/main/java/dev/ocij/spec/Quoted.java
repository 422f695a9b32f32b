package dev.ocij.spec;

/// Foreign text made safe to show: labels, names and error texts of others may hold terminal
/// escapes and line breaks that forge log lines.
public final class Quoted {
  private static final int LONGEST = 256;

  private Quoted() {}

  /// The text in double quotes, control characters as `\n`, `\t` or four hexadecimal digits, quotes
  /// and backslashes behind a backslash, cut after 256 characters.
  public static String of(String foreign) {
    return '"' + escape(foreign).replace("\"", "\\\"") + '"';
  }

  /// As [#of(String)], without the quotes.
  public static String escape(String foreign) {
    var safe = new StringBuilder();
    foreign.codePoints().limit(LONGEST).forEach(c -> append(safe, c));
    return foreign.codePointCount(0, foreign.length()) > LONGEST
        ? safe.append('…').toString()
        : safe.toString();
  }

  private static void append(StringBuilder safe, int codePoint) {
    switch (codePoint) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      case '\\' -> safe.append("\\\\");
      default -> {
        if (isHarmless(codePoint)) {
          safe.appendCodePoint(codePoint);
        } else {
          safe.append("\\u%04x".formatted(codePoint));
        }
      }
    }
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
