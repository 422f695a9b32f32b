package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// System calls through syscall(2) of the C library.
public final class LinuxSyscalls implements Syscalls {
  private static final MemorySegment SYSCALL = NativeCode.find("syscall");

  private static final int MOST_OPERANDS = 6;

  static {
    ProcessEnd.askKernel();
  }

  static int number(SystemCall call) {
    return Architecture.current()
        .number(call.name())
        .orElseThrow(() -> new IllegalArgumentException("no system call " + call.name()));
  }

  @Override
  public long call(SystemCall call) {
    try (var arena = Arena.ofConfined()) {
      var memory = new NativeMemory(arena);
      var operands = new long[MOST_OPERANDS];
      for (int i = 0; i < call.operands().size(); i++) {
        operands[i] = number(call.operands().get(i), memory);
      }
      long result = invoke(number(call), operands, arena);
      memory.copyBack();
      return result;
    }
  }

  @Override
  public Spawned spawn(Spawn spawn) {
    int border = border(spawn.calls());
    return border < 0 ? spawnSharing(spawn) : new Trampoline(this, spawn, border).start();
  }

  /// Where the calls of the trampoline begin; negative where there is none.
  private static int border(List<SystemCall> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).isTrampoline()) {
        return i;
      }
    }
    return -1;
  }

  /// As [#spawn], where all calls are made in this process's memory.
  Spawned spawnSharing(Spawn spawn) {
    try (var arena = Arena.ofConfined()) {
      var table = SpawnTable.of(spawn.calls(), arena);
      var before = blockSignals();
      long pid;
      try {
        pid = Spawner.INSTANCE.start(spawn, table);
      } finally {
        setSignals(before);
      }
      return new Spawned(pid, spawn, table.results());
    }
  }

  /// A signal that came to this thread meanwhile would run the JVM's handler in the child.
  private byte[] blockSignals() {
    var before = new byte[Operand.WORD];
    var all = new byte[] {-1, -1, -1, -1, -1, -1, -1, -1};
    call(
        "rt_sigprocmask",
        Operand.of(2),
        Operand.of(all),
        Operand.of(before),
        Operand.of(Operand.WORD));
    return before;
  }

  private void setSignals(byte[] mask) {
    call("rt_sigprocmask", Operand.of(2), Operand.of(mask), Operand.ZERO, Operand.of(Operand.WORD));
  }

  private static long number(Operand operand, NativeMemory memory) {
    return switch (operand) {
      case Operand.Value(long number) -> number;
      case Operand.Memory other -> memory.address(other);
      case Operand.Result _ ->
          throw new IllegalArgumentException("a single call has no earlier result");
    };
  }

  private static long invoke(long number, long[] operands, Arena arena) {
    var errno = arena.allocate(Linker.Option.captureStateLayout());
    long result =
        NativeCode.call(
            SYSCALL,
            errno,
            number,
            operands[0],
            operands[1],
            operands[2],
            operands[3],
            operands[4],
            operands[5]);
    return result == -1 ? -errno.get(JAVA_INT, 0) : result;
  }
}
