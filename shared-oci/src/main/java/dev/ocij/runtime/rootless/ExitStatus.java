package dev.ocij.runtime.rootless;

/// The status word of wait(2) as a shell shows it.
final class ExitStatus {
  private static final int SIGNALLED = 128;

  private ExitStatus() {}

  static int of(int word) {
    int signal = word & 0x7f;
    return signal == 0 ? word >> 8 & 0xff : SIGNALLED + signal;
  }
}
