package dev.ocij.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/// A classic BPF program as seccomp(2) takes it.
public record BpfProgram(List<Instruction> instructions) {
  private static final int SIZE = 8;

  public BpfProgram {
    instructions = List.copyOf(instructions);
  }

  /// `struct sock_filter`: what to do, how far to jump when the comparison holds and when not, and
  /// the operand.
  public record Instruction(int code, int ifTrue, int ifFalse, int operand) {
    /// As every record has it, written out: each start of a container would wait 6 ms for the JDK
    /// to make it.
    @Override
    public boolean equals(Object other) {
      return other instanceof Instruction same
          && code == same.code
          && ifTrue == same.ifTrue
          && ifFalse == same.ifFalse
          && operand == same.operand;
    }

    @Override
    public int hashCode() {
      return Objects.hash(code, ifTrue, ifFalse, operand);
    }
  }

  /// The instructions in the memory layout of little-endian machines.
  public byte[] bytes() {
    var bytes = ByteBuffer.allocate(instructions.size() * SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (var each : instructions) {
      bytes.putShort((short) each.code());
      bytes.put((byte) each.ifTrue());
      bytes.put((byte) each.ifFalse());
      bytes.putInt(each.operand());
    }
    return bytes.array();
  }
}
