package dev.ocij.buildah.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pattern for one component of a path, as Go's `filepath.Match` reads it: `*` is any run of
/// characters, `?` any one, `[a-z]` and `[^a]` one of a class, and `\` takes away the meaning of
/// the next. Matching takes at most time in proportion to pattern times name.
final class Glob {
  /// What matches one character.
  @FunctionalInterface
  private interface One {
    boolean matches(int character);
  }

  private static final One STAR = _ -> false;

  private final List<One> parts;
  private final boolean literal;

  private Glob(List<One> parts, boolean literal) {
    this.parts = parts;
    this.literal = literal;
  }

  /// The pattern, or nothing where it breaks the rules: a class without end, an escape of nothing.
  static Optional<Glob> parse(String text) {
    return new Parser(text).parse();
  }

  /// Whether only one name can match.
  boolean isLiteral() {
    return literal;
  }

  boolean matches(String name) {
    int part = 0;
    int at = 0;
    int star = -1;
    int starAt = 0;
    while (at < name.length()) {
      if (part < parts.size() && parts.get(part) == STAR) {
        star = part++;
        starAt = at;
      } else if (part < parts.size() && parts.get(part).matches(name.codePointAt(at))) {
        part++;
        at = name.offsetByCodePoints(at, 1);
      } else if (star >= 0) {
        part = star + 1;
        starAt = name.offsetByCodePoints(starAt, 1);
        at = starAt;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part) == STAR) {
      part++;
    }
    return part == parts.size();
  }

  private static final class Parser {
    private final String text;
    private final List<One> parts = new ArrayList<>();
    private boolean literal = true;
    private boolean broken;
    private int index;

    private Parser(String text) {
      this.text = text;
    }

    private Optional<Glob> parse() {
      while (index < text.length() && !broken) {
        parts.add(part());
      }
      return broken ? Optional.empty() : Optional.of(new Glob(parts, literal));
    }

    private One part() {
      int c = next();
      literal &= c != '*' && c != '?' && c != '[';
      return switch (c) {
        case '*' -> STAR;
        case '?' -> _ -> true;
        case '[' -> characterClass();
        case '\\' -> exactly(next());
        default -> exactly(c);
      };
    }

    private One characterClass() {
      boolean negated = peek() == '^';
      if (negated) {
        index++;
      }
      var ranges = new ArrayList<One>();
      while (!broken && (peek() != ']' || ranges.isEmpty())) {
        ranges.add(range());
      }
      next();
      return c -> ranges.stream().anyMatch(range -> range.matches(c)) != negated;
    }

    private One range() {
      int from = member();
      if (peek() != '-') {
        return exactly(from);
      }
      index++;
      int to = member();
      return c -> c >= from && c <= to;
    }

    private int member() {
      int c = next();
      broken |= c == ']' || c == '-';
      return c == '\\' ? next() : c;
    }

    private static One exactly(int wanted) {
      return c -> c == wanted;
    }

    private int peek() {
      return index < text.length() ? text.codePointAt(index) : '\0';
    }

    private int next() {
      broken |= index >= text.length();
      int next = peek();
      index += Character.charCount(next);
      return next;
    }
  }
}
