package dev.ocij.buildah.text;

/// A Containerfile as it was read.
///
/// @param name how messages call it
public record SourceFile(String name, String text) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  public SourceFile {
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
  }

  /// The line that starts at this offset.
  PhysicalLine lineAt(int start) {
    int end = text.indexOf('\n', start);
    int next = end < 0 ? text.length() : end + 1;
    int stop = end < 0 ? text.length() : end;
    return new PhysicalLine(
        this, start, stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop, next);
  }
}
