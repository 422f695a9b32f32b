package dev.ocij.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// A C structure field by field; both machines that containers are started on are little-endian.
public final class Structure {
  private final byte[] content;
  private final ByteBuffer fields;

  private Structure(byte[] content) {
    this.content = content;
    this.fields = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static Structure of(int size) {
    return new Structure(new byte[size]);
  }

  /// The structure that these bytes are.
  public static Structure on(byte[] content) {
    return new Structure(content);
  }

  public Structure word(int offset, long value) {
    fields.putLong(offset, value);
    return this;
  }

  public Structure integer(int offset, int value) {
    fields.putInt(offset, value);
    return this;
  }

  public Structure halfWord(int offset, int value) {
    fields.putShort(offset, (short) value);
    return this;
  }

  public long word(int offset) {
    return fields.getLong(offset);
  }

  public int integer(int offset) {
    return fields.getInt(offset);
  }

  public int halfWord(int offset) {
    return Short.toUnsignedInt(fields.getShort(offset));
  }

  /// The structure itself, not a copy.
  public byte[] bytes() {
    return content;
  }

  public Operand.Memory memory() {
    return Operand.of(content);
  }

  public Operand.Memory memory(int offset, Operand.Memory target) {
    return new Operand.Memory(content, Map.of(offset, target));
  }
}
