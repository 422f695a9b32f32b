package dev.ocij.layer;

import dev.ocij.linux.RawName;
import java.nio.ByteBuffer;

/// A place in a stored index, which moves behind what is read; the rest is as [IndexOutput] wrote
/// it.
final class IndexInput {
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final ByteBuffer bytes;
  private int at;

  IndexInput(ByteBuffer bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /// The four bytes of a number without moving there.
  static int fixed(ByteBuffer bytes, int at) {
    return bytes.getInt(at);
  }

  int octet() {
    return bytes.get(at++) & 0xff;
  }

  long number() {
    long value = 0;
    for (int shift = 0; ; shift += BITS) {
      int next = octet();
      value |= (long) (next & ~MORE) << shift;
      if (next < MORE) {
        return value;
      }
    }
  }

  String text() {
    return RawName.decode(bytes());
  }

  byte[] bytes() {
    var read = new byte[(int) number()];
    bytes.get(at, read);
    at += read.length;
    return read;
  }
}
