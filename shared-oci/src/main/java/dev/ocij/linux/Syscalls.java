package dev.ocij.linux;

/// The way into the kernel. Results are as the kernel gives them: a negative number is an error,
/// see [Errno#of(long)].
public interface Syscalls {

  /// Calls once, on this thread.
  ///
  /// @throws IllegalArgumentException where the architecture has no such call
  long call(SystemCall call);

  default long call(String name, Operand... operands) {
    return call(SystemCall.of(name, operands));
  }

  /// Starts a process; returns when it has become another program or has ended.
  ///
  /// The process dies with the calling *thread* where the calls ask for PR_SET_PDEATHSIG, and this
  /// thread waits for it with wait4(2): take a platform thread that lives as long.
  Spawned spawn(Spawn spawn);
}
