package dev.ocij.http;

/// Finds where the head of an answer ends: with an empty line. Lines end as OkHttp has them end,
/// with a line feed, before which a carriage return may stand (RFC 9112, section 2.2).
final class HeadEnd {
  private boolean expected;
  private boolean last;
  private boolean lineIsEmpty;
  private boolean returned;

  /// A head is next.
  void expect() {
    expected = true;
    last = false;
    lineIsEmpty = false;
    returned = false;
  }

  /// Whether the last byte of those that were looked at ended a head.
  boolean isLast() {
    return last;
  }

  /// How many of some bytes may be looked at: those up to the end of a head, or all.
  int through(byte[] bytes, int offset, int length) {
    last = false;
    for (int i = 0; expected && i < length; i++) {
      if (ends(bytes[offset + i])) {
        expected = false;
        last = true;
        return i + 1;
      }
    }
    return length;
  }

  private boolean ends(byte next) {
    boolean ends = next == '\n' && lineIsEmpty;
    // Of two carriage returns the first belongs to the line.
    lineIsEmpty = next == '\n' || (next == '\r' && lineIsEmpty && !returned);
    returned = next == '\r';
    return ends;
  }
}
