package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.List;

/// Puts the values of variables where a text names them, as a shell does: `$v`, `${v}`, defaults
/// (`${v:-w}`, `${v-w}`, `${v:+w}`, `${v+w}`), demands (`${v:?m}`, `${v?m}`), cuts (`${v#p}`,
/// `${v##p}`, `${v%p}`, `${v%%p}`) and replacements (`${v/p/r}`, `${v//p/r}`).
///
/// What is not set is empty. Single quotes and the escape character take away the meaning of `$`;
/// quotes vanish.
public record Expansion(char escape, Variables variables) {
  /// The text as one word, whatever spaces it or the values hold.
  public String word(SourceText text) {
    return new Expander(this, text, true).expand();
  }

  /// The words of the text, those of unquoted values included.
  public List<String> words(SourceText text) {
    var words = new ArrayList<String>();
    for (var part : Words.quoted(text, escape)) {
      var expanded = word(part);
      boolean quoted = part.contains("\"") || part.contains("'");
      words.addAll(quoted ? List.of(expanded) : split(expanded));
    }
    return words;
  }

  /// A document: quotes stand for themselves, and so does the escape character unless `$` or
  /// another one follows.
  public String document(SourceText text) {
    return new Expander(this, text, false).expand();
  }

  /// Whether this text is the same whatever variables are set to.
  public static boolean isConstant(SourceText text) {
    return !text.contains("$");
  }

  private static List<String> split(String text) {
    var stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }
}
