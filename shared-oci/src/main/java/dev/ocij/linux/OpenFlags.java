package dev.ocij.linux;

/// The flags of open(2) whose values differ by architecture.
final class OpenFlags {
  static final int DIRECTORY = isArm() ? 040000 : 0200000;
  static final int NO_FOLLOW = isArm() ? 0100000 : 0400000;

  static final int PATH = 010000000;

  private OpenFlags() {}

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }
}
