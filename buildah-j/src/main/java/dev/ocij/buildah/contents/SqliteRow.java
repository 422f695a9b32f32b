package dev.ocij.buildah.contents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A row of a table: a header with the types of its values, then the values.
record SqliteRow(ByteBuffer bytes) {
  /// The bytes of a value; of a number, in big endian.
  ///
  /// @param column from 0
  byte[] value(int column) {
    var header = Varint.read(bytes, 0);
    int at = header.size();
    int offset = Math.toIntExact(header.value());
    for (int i = 0; i < column; i++) {
      var type = Varint.read(bytes, at);
      at += type.size();
      offset = Math.addExact(offset, length(type.value()));
    }
    int length = length(Varint.read(bytes, at).value());
    if (length > bytes.capacity()) {
      throw new IllegalArgumentException("a value is longer than its row");
    }
    var value = new byte[length];
    bytes.get(offset, value);
    return value;
  }

  String text(int column) {
    return new String(value(column), StandardCharsets.UTF_8);
  }

  /// In bytes, of a value of this serial type.
  private static int length(long type) {
    return switch ((int) Math.min(type, 12)) {
      case 0, 8, 9 -> 0;
      case 1, 2, 3, 4 -> (int) type;
      case 5 -> 6;
      case 6, 7 -> 8;
      case 12 -> Math.toIntExact((type - 12) / 2);
      default -> throw new IllegalArgumentException("an unknown type of value");
    };
  }
}
