package dev.ocij.term.template;

/// A word of a template.
///
/// @param text without quotes and escapes where it is a string, without the dot where it is a field
/// @param position of its first character in the template, counted from 0
/// @param spaced whether a space stands before it: `.A.B` is one word, `.A .B` are two
record TemplateToken(Kind kind, String text, int position, boolean spaced) {
  enum Kind {
    /// What stands outside of `{{ }}`.
    TEXT,
    /// `{{`
    OPEN,
    /// `}}`
    CLOSE,
    FIELD,
    DOT,
    VARIABLE,
    NAME,
    STRING,
    NUMBER,
    /// One of `|`, `(`, `)`, `,`, `:=` and `=`.
    SIGN,
    END
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }
}
