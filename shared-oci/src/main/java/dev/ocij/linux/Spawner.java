package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/// [SpawnCode] in an executable page of its own.
final class Spawner {
  static final Spawner INSTANCE = new Spawner();

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_VFORK = 0x4000;
  private static final long SIGCHLD = 17;
  private static final int PAGE = 1 << 16;
  private static final int READ_WRITE = 3;
  private static final int READ_EXECUTE = 5;
  private static final int PRIVATE_ANONYMOUS = 0x22;
  private static final int STACK = 1 << 12;

  private final MemorySegment code;

  private Spawner() {
    var bytes = SpawnCode.of(Architecture.current()).bytes();
    var page = page();
    MemorySegment.copy(bytes, 0, page, JAVA_BYTE, 0, bytes.length);
    check(
        "mprotect",
        new LinuxSyscalls()
            .call(
                "mprotect",
                Operand.of(page.address()),
                Operand.of(PAGE),
                Operand.of(READ_EXECUTE)));
    this.code = page;
  }

  /// Returns the pid, or the negative error of clone.
  long start(long flags, SpawnTable table) {
    try (var arena = Arena.ofConfined()) {
      var stack = arena.allocate(STACK, 16);
      long top = stack.address() + STACK;
      return NativeCode.call(
          code,
          arena.allocate(Linker.Option.captureStateLayout()),
          flags | CLONE_VM | CLONE_VFORK | SIGCHLD,
          top,
          table.first(),
          table.end(),
          0,
          0,
          0);
    }
  }

  private static MemorySegment page() {
    long address =
        new LinuxSyscalls()
            .call(
                "mmap",
                Operand.ZERO,
                Operand.of(PAGE),
                Operand.of(READ_WRITE),
                Operand.of(PRIVATE_ANONYMOUS),
                Operand.of(-1),
                Operand.ZERO);
    check("mmap", address);
    return MemorySegment.ofAddress(address).reinterpret(PAGE);
  }

  private static void check(String call, long result) {
    if (result < 0) {
      throw new IllegalStateException(
          "prepare to start processes: %s: %s".formatted(call, Errno.describe(result)));
    }
  }
}
