package dev.ocij.term.template;

import dev.ocij.spec.OciException;

/// A refusal that names the place in the template, as line and column.
final class TemplateFault {
  private TemplateFault() {}

  /// @param position of a character in the template, counted from 0
  static OciException at(String template, int position, String found) {
    var before = template.substring(0, Math.min(position, template.length()));
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return new OciException(
        OciException.Category.USAGE, "template:%d:%d: %s".formatted(line, column, found));
  }
}
