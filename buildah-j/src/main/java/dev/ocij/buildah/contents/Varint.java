package dev.ocij.buildah.contents;

import java.nio.ByteBuffer;

/// A number as SQLite writes it, in 1 to 9 bytes.
///
/// @param size how many they are
record Varint(long value, int size) {
  private static final int LONGEST = 9;

  static Varint read(ByteBuffer from, int at) {
    long value = 0;
    for (int i = 0; i < LONGEST - 1; i++) {
      int next = from.get(at + i) & 0xff;
      value = value << 7 | (next & 0x7f);
      if (next < 0x80) {
        return new Varint(value, i + 1);
      }
    }
    return new Varint(value << 8 | (from.get(at + LONGEST - 1) & 0xff), LONGEST);
  }
}
