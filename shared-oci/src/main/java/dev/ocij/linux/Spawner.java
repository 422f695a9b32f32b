package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// [SpawnCode] in an executable page of its own.
final class Spawner {
  static final Spawner INSTANCE = new Spawner();

  private static final long CLONE = 56;
  private static final long CLONE3 = 435;
  private static final long CLONE_INTO_CGROUP = 0x200000000L;

  /// Of `struct clone_args` as it was when it got the group.
  private static final int ARGUMENTS = 88;

  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 02000000;
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
  long start(Spawn spawn, SpawnTable table) {
    try (var arena = Arena.ofConfined()) {
      long stack = arena.allocate(STACK, 16).address();
      long flags = spawn.flags() | CLONE_VM | CLONE_VFORK;
      return spawn.group() == null
          ? start(CLONE, flags | SIGCHLD, stack + STACK, table, arena)
          : startIn(spawn.group(), flags, stack, table, arena);
    }
  }

  /// Moving a process to a group when it runs makes it wait for all processors, 5 ms and more.
  private long startIn(Path group, long flags, long stack, SpawnTable table, Arena arena) {
    try {
      long folder = open(group);
      try {
        var arguments =
            Structure.of(ARGUMENTS)
                .word(0, flags | CLONE_INTO_CGROUP)
                .word(32, SIGCHLD)
                .word(40, stack)
                .word(48, STACK)
                .word(80, folder);
        long address = new NativeMemory(arena).address(arguments.memory());
        return start(CLONE3, address, ARGUMENTS, table, arena);
      } finally {
        Libc.close((int) folder);
      }
    } catch (SystemCallException e) {
      return -e.errno();
    }
  }

  private static long open(Path folder) throws SystemCallException {
    return Libc.OPEN.call(
        folder.toString(), (name, _) -> Libc.words(AT_FDCWD, name, OpenFlags.PATH | O_CLOEXEC, 0));
  }

  private long start(long number, long first, long second, SpawnTable table, Arena arena) {
    return NativeCode.call(
        code,
        arena.allocate(Linker.Option.captureStateLayout()),
        first,
        second,
        table.first(),
        table.end(),
        number,
        0,
        0);
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
