package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.List;

/// The words of a line that no shell reads: spaces part them, quotes and backslashes keep together
/// and vanish, and nothing else means anything.
public final class PlainWords {
  private final String text;
  private int index;

  private PlainWords(String text) {
    this.text = text;
  }

  public static List<String> of(String text) {
    var scan = new PlainWords(text);
    var words = new ArrayList<String>();
    while (scan.skipSpaces()) {
      words.add(scan.word());
    }
    return words;
  }

  private boolean skipSpaces() {
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    return index < text.length();
  }

  private String word() {
    var word = new StringBuilder();
    char quote = 0;
    for (; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c == '\\' && quote != '\'' && index + 1 < text.length()) {
        word.append(text.charAt(++index));
      } else if (quote == 0 && Character.isWhitespace(c)) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }
}
