package dev.ocij.buildah.text;

/// One line of a file, without its line break, as offsets into the file's text.
///
/// @param end where the line break begins
/// @param next where the next line begins
record PhysicalLine(SourceFile file, int start, int end, int next) {
  String value() {
    return file.text().substring(start, end);
  }

  boolean isBlank() {
    return value().isBlank();
  }

  boolean isComment() {
    return value().stripLeading().startsWith("#");
  }

  /// Where the first character other than a space stands.
  int indented() {
    return end - value().stripLeading().length();
  }

  SourceText from(int offset) {
    return SourceText.of(file, offset, end);
  }
}
