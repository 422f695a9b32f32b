package dev.ocij.term.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text made safe to stand in other languages, as the functions `html`, `js` and `urlquery` of Go's
/// templates make it.
final class TemplateEscapes {
  private TemplateEscapes() {}

  static String html(String text) {
    return escaped(
        text,
        c ->
            switch (c) {
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '&' -> "&amp;";
              case '"' -> "&#34;";
              case '\'' -> "&#39;";
              case 0 -> "\ufffd";
              default -> null;
            });
  }

  static String js(String text) {
    return escaped(
        text,
        c ->
            switch (c) {
              case '\\' -> "\\\\";
              case '\'' -> "\\'";
              case '"' -> "\\\"";
              case '<', '>', '&', '=' -> unicode(c);
              default -> c < ' ' || !isPrintable(c) ? unicode(c) : null;
            });
  }

  static String urlquery(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String unicode(int c) {
    return "\\u%04X".formatted(c);
  }

  /// Of spaces only the one that everybody knows.
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static String escaped(String text, Escape escape) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          var instead = escape.of(c);
          if (instead == null) {
            out.appendCodePoint(c);
          } else {
            out.append(instead);
          }
        });
    return out.toString();
  }

  /// What stands for a character; null for itself.
  private interface Escape {
    @Nullable String of(int c);
  }
}
