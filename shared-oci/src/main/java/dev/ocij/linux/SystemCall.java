package dev.ocij.linux;

import java.util.List;

/// One system call as data.
///
/// @param name as in the manual, section 2
/// @param operands at most six; the others are 0
/// @param tolerance what happens to the calls behind it in a [Spawn] when it fails
public record SystemCall(String name, List<Operand> operands, Tolerance tolerance) {
  /// With it the process becomes a program of its own, which makes the calls behind it and shares
  /// neither the memory nor the executable file of the one that started it. Once in a [Spawn]; no
  /// operand behind it may be the result of a call before it.
  public static final SystemCall TRAMPOLINE = of("execveat");

  private static final int MOST_OPERANDS = 6;
  private static final long MOST_RACES = 1000;

  public SystemCall {
    operands = List.copyOf(operands);
    if (operands.size() > MOST_OPERANDS) {
      throw new IllegalArgumentException("%s with %d operands".formatted(name, operands.size()));
    }
  }

  public static SystemCall of(String name, Operand... operands) {
    return new SystemCall(name, List.of(operands), Tolerance.NONE);
  }

  /// The same call; when it fails with this error, the next one follows as if it had not.
  public SystemCall tolerating(Errno errno) {
    return new SystemCall(name, operands, new Tolerance(-errno.number()));
  }

  /// The same call; the next one follows however it ends.
  public SystemCall toleratingAll() {
    return new SystemCall(name, operands, Tolerance.ALL);
  }

  /// The same call, a clone(2) that shares memory as vfork(2) does: the calls behind it are the
  /// child's, and the parent ends when the child has become another program.
  public SystemCall forking() {
    return new SystemCall(name, operands, Tolerance.FORK);
  }

  /// Whether it is [#TRAMPOLINE].
  boolean isTrampoline() {
    return operands.isEmpty() && name.equals("execveat");
  }

  /// How often it is made again while it fails with EAGAIN. Each rename and each mount of the whole
  /// machine makes the kernel unsure about `..` in a path that must not leave its root.
  long repetitions() {
    return name.equals("openat2") ? MOST_RACES : 0;
  }

  /// @param result the result that is taken for success; 0 none, 1 each; 2: a fork
  public record Tolerance(long result) {
    static final Tolerance FORK = new Tolerance(2);
    static final Tolerance NONE = new Tolerance(0);
    static final Tolerance ALL = new Tolerance(1);

    public boolean accepts(long found) {
      return found >= 0 || result == 1 || found == result;
    }
  }
}
