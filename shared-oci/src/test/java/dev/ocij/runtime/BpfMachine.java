package dev.ocij.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a filter as the kernel would, on a `struct seccomp_data`.
public final class BpfMachine {
  private static final int JUMP_IF_SET = 0x45;

  private BpfMachine() {}

  public static int run(BpfProgram program, int architecture, int call, long... arguments) {
    var data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(call).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    int at = 0;
    while (true) {
      var each = program.instructions().get(at++);
      switch (each.code()) {
        case SeccompFilter.LOAD -> accumulator = data.getInt(each.operand());
        case SeccompFilter.AND -> accumulator &= each.operand();
        case SeccompFilter.JUMP -> at += each.operand();
        case SeccompFilter.JUMP_IF_EQUAL ->
            at += accumulator == each.operand() ? each.ifTrue() : each.ifFalse();
        case JUMP_IF_SET ->
            at += (accumulator & each.operand()) != 0 ? each.ifTrue() : each.ifFalse();
        case SeccompFilter.JUMP_IF_GREATER ->
            at +=
                Integer.compareUnsigned(accumulator, each.operand()) > 0
                    ? each.ifTrue()
                    : each.ifFalse();
        case SeccompFilter.JUMP_IF_NOT_LESS ->
            at +=
                Integer.compareUnsigned(accumulator, each.operand()) >= 0
                    ? each.ifTrue()
                    : each.ifFalse();
        case SeccompFilter.RETURN -> {
          return each.operand();
        }
        default -> throw new AssertionError("unknown instruction " + each);
      }
    }
  }
}
