package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.List;

/// Splits text at spaces that are neither quoted nor escaped. The words keep their quotes and
/// escape characters, for [Expansion] to take away.
public final class Words {
  private final SourceText text;
  private final char escape;
  private int index;

  private Words(SourceText text, char escape) {
    this.text = text;
    this.escape = escape;
  }

  public static List<SourceText> quoted(SourceText text, char escape) {
    var words = new ArrayList<SourceText>();
    var scan = new Words(text, escape);
    while (scan.skipSpaces()) {
      words.add(scan.word());
    }
    return words;
  }

  /// The word that the text begins with.
  public static SourceText first(SourceText text, char escape) {
    return new Words(text, escape).word();
  }

  /// A word without its quotes and escape characters; what they keep is taken as it stands.
  public static SourceText unquoted(SourceText word, char escape) {
    var kept = new ArrayList<SourceText>(List.of(word.substring(0, 0)));
    int from = 0;
    char quote = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean escapes = c == escape && i + 1 < word.length();
      if (escapes || c == quote || (quote == 0 && (c == '"' || c == '\''))) {
        kept.add(word.substring(from, i));
        from = i + 1;
        quote = escapes ? quote : quote == 0 ? c : 0;
        i += escapes ? 1 : 0;
      }
    }
    kept.add(word.substring(from));
    return SourceText.join(kept);
  }

  private boolean skipSpaces() {
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    return index < text.length();
  }

  private SourceText word() {
    int start = index;
    while (index < text.length() && !Character.isWhitespace(text.charAt(index))) {
      char c = text.charAt(index);
      index++;
      if (c == '\'' || c == '"') {
        skipQuoted(c);
      } else if (c == escape) {
        index++;
      }
    }
    index = Math.min(index, text.length());
    return text.substring(start, index);
  }

  private void skipQuoted(char quote) {
    while (index < text.length()) {
      char c = text.charAt(index);
      index++;
      if (c == quote) {
        return;
      }
      if (c == escape && quote == '"') {
        index++;
      }
    }
  }
}
