package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.spec.OciException;

/// Signals to processes that this one did not start.
public final class HostSignals {
  private HostSignals() {}

  /// Sends a signal; one that has just ended is no error.
  public static void send(long pid, int signal) {
    long result = new LinuxSyscalls().call("kill", Operand.of(pid), Operand.of(signal));
    if (result < 0 && !Errno.ESRCH.is(result)) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "kill process %d: %s".formatted(pid, Errno.describe(result)));
    }
  }
}
