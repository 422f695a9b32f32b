package dev.ocij.buildah.text;

import dev.ocij.spec.Quoted;

/// A place in a Containerfile.
///
/// @param offset into the text of the file, up to its length
public record Position(SourceFile file, int offset) {
  /// Counted from 1.
  public int line() {
    return 1 + (int) file.text().substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /// Counted from 1, in UTF-16 units.
  public int column() {
    return offset - lineStart() + 1;
  }

  /// The whole line that the place is in.
  public String lineText() {
    return file.lineAt(lineStart()).value();
  }

  /// As compilers write it: `file:line:column`.
  @Override
  public String toString() {
    return "%s:%d:%d".formatted(file.name(), line(), column());
  }

  /// The place, and below it the line with a caret:
  ///
  /// ```
  /// Containerfile:7:6
  ///    7 | COPY --form=build /a /b
  ///      |      ^
  /// ```
  public String excerpt() {
    var number = "%4d".formatted(line());
    var text = HiddenLogins.masked(lineText());
    var before = text.substring(0, Math.min(column() - 1, text.length()));
    return "%s%n%s | %s%n%s | %s^"
        .formatted(
            Quoted.escape(toString()),
            number,
            shown(text),
            " ".repeat(number.length()),
            " ".repeat(shown(before).length()));
  }

  private static String shown(String line) {
    return Quoted.escape(line.replace("\t", "    ")).replace("\\\\", "\\");
  }

  private int lineStart() {
    return file.text().lastIndexOf('\n', offset - 1) + 1;
  }
}
