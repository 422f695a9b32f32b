package dev.ocij.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// This process.
public final class OwnProcess {
  private static final Path SELF = Path.of("/proc/self");

  private OwnProcess() {}

  /// Its number. The JDK, asked for it, also finds out when it began, and makes ready to wait for
  /// others: that takes longer than all else that a short command does with its number.
  public static long id() {
    try {
      return Long.parseLong(Files.readSymbolicLink(SELF).toString());
    } catch (IOException | NumberFormatException _) {
      return ProcessHandle.current().pid(); // where nothing is mounted there
    }
  }
}
