package dev.ocij.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A classic BPF program as seccomp(2) takes it.
public record BpfProgram(List<Instruction> instructions) {
  private static final int SIZE = 8;

  public BpfProgram {
    instructions = List.copyOf(instructions);
  }

  /// `struct sock_filter`: what to do, how far to jump when the comparison holds and when not, and
  /// the operand.
  public record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

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
