package dev.ocij.buildah.contents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a header of rpm says of a package: an index of tags, and a store of values behind it.
record RpmHeader(ByteBuffer bytes, Map<Integer, Integer> offsets, int store) {
  static final int NAME = 1000;
  static final int VERSION = 1001;
  static final int RELEASE = 1002;
  static final int EPOCH = 1003;
  static final int LICENSE = 1014;
  static final int ARCHITECTURE = 1022;

  private static final int ENTRY = 16;

  /// @throws IllegalArgumentException where it is none
  static RpmHeader parse(byte[] header) {
    var bytes = ByteBuffer.wrap(header);
    try {
      int count = bytes.getInt(0);
      int store = Math.addExact(8, Math.multiplyExact(count, ENTRY));
      var offsets = new HashMap<Integer, Integer>();
      for (int i = 0; i < count; i++) {
        int at = 8 + i * ENTRY;
        offsets.put(bytes.getInt(at), bytes.getInt(at + 8));
      }
      return new RpmHeader(bytes, offsets, store);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("a header that ends too early", e);
    }
  }

  /// A text, the first of several; empty where the header has none.
  String text(int tag) {
    var offset = offsets.get(tag);
    if (offset == null) {
      return "";
    }
    int start = Math.addExact(store, offset);
    int end = start;
    while (end < bytes.capacity() && bytes.get(end) != 0) {
      end++;
    }
    var text = new byte[end - start];
    bytes.get(start, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /// A number in decimal; empty where the header has none.
  String number(int tag) {
    var offset = offsets.get(tag);
    return offset == null ? "" : Integer.toString(bytes.getInt(Math.addExact(store, offset)));
  }
}
