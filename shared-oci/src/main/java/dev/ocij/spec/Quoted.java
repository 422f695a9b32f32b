package dev.ocij.spec;

/// Foreign text made safe to show: labels, names and error texts of others may hold terminal
/// escapes and line breaks that forge log lines.
public final class Quoted {
  private static final int LONGEST = 256;
  private static final int LONGEST_SENTENCE = 4096;

  private Quoted() {}

  /// The text in double quotes, control characters as `\n`, `\t` or four hexadecimal digits, quotes
  /// and backslashes behind a backslash, cut after 256 characters.
  public static String of(String foreign) {
    return quoted(escape(foreign));
  }

  /// A sentence of our own, whose foreign parts are cut already, in one line and to its end: what
  /// would help stands there.
  public static String sentence(String text) {
    return quoted(escape(text, LONGEST_SENTENCE));
  }

  private static String quoted(String safe) {
    return '"' + safe.replace("\"", "\\\"") + '"';
  }

  /// As [#of(String)], without the quotes.
  public static String escape(String foreign) {
    return escape(foreign, LONGEST);
  }

  private static String escape(String foreign, int longest) {
    var safe = new StringBuilder();
    foreign.codePoints().limit(longest).forEach(c -> append(safe, c));
    return foreign.codePointCount(0, foreign.length()) > longest
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
