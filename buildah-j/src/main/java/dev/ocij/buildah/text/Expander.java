package dev.ocij.buildah.text;

import dev.ocij.spec.Quoted;
import org.jspecify.annotations.Nullable;

/// One expansion of one text, from left to right.
final class Expander {
  private static final int DEEPEST = 100;
  private static final char NONE = '\0';
  private static final String SPECIAL = "@*#?-$!";

  private final Expansion expansion;
  private final SourceText text;
  private final boolean quotes;
  private int index;
  private int depth;

  /// @param quotes whether quotes mean something
  Expander(Expansion expansion, SourceText text, boolean quotes) {
    this.expansion = expansion;
    this.text = text;
    this.quotes = quotes;
  }

  String expand() {
    var out = new StringBuilder();
    while (hasNext()) {
      piece(out, false);
    }
    return out.toString();
  }

  /// @param pattern whether the escape character is kept, for a pattern to read
  private void piece(StringBuilder out, boolean pattern) {
    char c = next();
    if (c == '\'' && quotes) {
      singleQuoted(out);
    } else if (c == '"' && quotes) {
      doubleQuoted(out);
    } else if (c == '$') {
      out.append(variable());
    } else if (c == expansion.escape()) {
      escaped(out, pattern);
    } else {
      out.append(c);
    }
  }

  private void singleQuoted(StringBuilder out) {
    int start = index - 1;
    for (char c = quoted(start); c != '\''; c = quoted(start)) {
      out.append(c);
    }
  }

  private void doubleQuoted(StringBuilder out) {
    int start = index - 1;
    for (char c = quoted(start); c != '"'; c = quoted(start)) {
      if (c == '$') {
        out.append(variable());
      } else if (c == expansion.escape() && isEscapable(peek(), "\"$")) {
        out.append(next());
      } else {
        out.append(c);
      }
    }
  }

  private void escaped(StringBuilder out, boolean pattern) {
    boolean kept = pattern || !(quotes || isEscapable(peek(), "$"));
    if (kept) {
      out.append(expansion.escape());
    }
    if (hasNext() && (quotes || !kept)) {
      out.append(next());
    }
  }

  private boolean isEscapable(char c, String others) {
    return c != NONE && (c == expansion.escape() || others.indexOf(c) >= 0);
  }

  private String variable() {
    int start = index - 1;
    if (peek() != '{') {
      var name = name();
      return name.isEmpty() ? "$" : orEmpty(expansion.variables().get(name));
    }
    depth++;
    if (depth > DEEPEST) {
      throw error(start, "more than %d variables inside one another".formatted(DEEPEST));
    }
    index++;
    var value = braced(start);
    depth--;
    return value;
  }

  private String braced(int start) {
    var name = name();
    if (name.isEmpty()) {
      throw error(start, "no name behind ${");
    }
    var value = expansion.variables().get(name);
    char operator = orUnclosed(start);
    boolean emptyCounts = operator != ':';
    if (!emptyCounts) {
      operator = orUnclosed(start);
    }
    boolean isSet = value != null && (emptyCounts || !value.isEmpty());
    return switch (operator) {
      case '-' -> keepOr(start, isSet ? value : null);
      case '+' -> keepOr(start, isSet ? null : "");
      case '?' -> demand(start, name, isSet ? value : null);
      case '}', '#', '%', '/' -> {
        if (!emptyCounts) {
          throw unknownOperator(start);
        }
        yield changed(start, operator, orEmpty(value));
      }
      default -> throw unknownOperator(start);
    };
  }

  private String changed(int start, char operator, String value) {
    return switch (operator) {
      case '#', '%' -> cut(start, operator, value);
      case '/' -> replaced(start, value);
      default -> value;
    };
  }

  /// The value, or the word that follows where there is none.
  private String keepOr(int start, @Nullable String value) {
    var word = until(start, '}', false);
    return value == null ? word : value;
  }

  private String demand(int start, String name, @Nullable String value) {
    var message = until(start, '}', false);
    if (value == null) {
      throw error(start, name + ": " + (message.isEmpty() ? "not set" : Quoted.escape(message)));
    }
    return value;
  }

  private String cut(int start, char operator, String value) {
    boolean longest = peek() == operator;
    if (longest) {
      index++;
    }
    var pattern = pattern(start, '}');
    return operator == '#'
        ? pattern.withoutPrefix(value, longest)
        : pattern.withoutSuffix(value, longest);
  }

  private String replaced(int start, String value) {
    boolean all = peek() == '/';
    if (all) {
      index++;
    }
    var pattern = pattern(start, '/');
    return pattern.replace(value, until(start, '}', false), all);
  }

  private ShellPattern pattern(int start, char end) {
    return ShellPattern.parse(until(start, end, true), expansion.escape());
  }

  private String until(int start, char end, boolean pattern) {
    var out = new StringBuilder();
    while (peek() != end) {
      if (!hasNext()) {
        throw unclosed(start, end);
      }
      piece(out, pattern);
    }
    index++;
    return out.toString();
  }

  private String name() {
    int start = index;
    if (hasNext() && SPECIAL.indexOf(peek()) >= 0) {
      index++;
    } else if (isDigit(peek())) {
      while (isDigit(peek())) {
        index++;
      }
    } else {
      while (isDigit(peek()) || isLetter(peek())) {
        index++;
      }
    }
    return text.toString().substring(start, index);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private boolean hasNext() {
    return index < text.length();
  }

  private char peek() {
    return hasNext() ? text.charAt(index) : NONE;
  }

  private char next() {
    return text.charAt(index++);
  }

  private char quoted(int start) {
    if (!hasNext()) {
      throw new ContainerfileException(
          text.at(start),
          "quote %s is not closed".formatted(text.charAt(start)),
          "close it, or put %s before it".formatted(expansion.escape()));
    }
    return next();
  }

  private char orUnclosed(int start) {
    if (!hasNext()) {
      throw unclosed(start, '}');
    }
    return next();
  }

  private ContainerfileException unclosed(int start, char missing) {
    return error(start, "${ without %s".formatted(missing));
  }

  private ContainerfileException unknownOperator(int start) {
    return new ContainerfileException(
        text.at(index - 1),
        "unknown operator in " + Quoted.of(text.toString().substring(start, index)),
        "known are :- - :+ + :? ? # ## % %% / //");
  }

  private ContainerfileException error(int start, String found) {
    return new ContainerfileException(text.at(start), found, "");
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
