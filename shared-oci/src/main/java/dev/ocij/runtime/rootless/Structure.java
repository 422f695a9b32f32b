package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// A C structure field by field; both machines that containers are started on are little-endian.
final class Structure {
  private final byte[] content;
  private final ByteBuffer fields;

  private Structure(byte[] content) {
    this.content = content;
    this.fields = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Structure of(int size) {
    return new Structure(new byte[size]);
  }

  /// The structure that these bytes are.
  static Structure on(byte[] content) {
    return new Structure(content);
  }

  Structure word(int offset, long value) {
    fields.putLong(offset, value);
    return this;
  }

  Structure integer(int offset, int value) {
    fields.putInt(offset, value);
    return this;
  }

  Structure halfWord(int offset, int value) {
    fields.putShort(offset, (short) value);
    return this;
  }

  long word(int offset) {
    return fields.getLong(offset);
  }

  int integer(int offset) {
    return fields.getInt(offset);
  }

  int halfWord(int offset) {
    return Short.toUnsignedInt(fields.getShort(offset));
  }

  Operand.Memory memory() {
    return Operand.of(content);
  }

  Operand.Memory memory(int offset, Operand.Memory target) {
    return new Operand.Memory(content, Map.of(offset, target));
  }
}
