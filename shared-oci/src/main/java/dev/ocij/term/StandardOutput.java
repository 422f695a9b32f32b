package dev.ocij.term;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where this process prints.
public final class StandardOutput {
  /// Clears a terminal, and begins at its top.
  public static final String CLEAR = "\033[2J\033[H";

  private static final Path LINK = Path.of("/proc/self/fd/1");
  private static final Pattern TERMINAL = Pattern.compile("/dev/(?:pts/\\d+|tty.*|console)");

  private StandardOutput() {}

  /// Whether a person may watch it. [System#console()] asks for standard input too.
  public static boolean isTerminal() {
    try {
      return TERMINAL.matcher(Files.readSymbolicLink(LINK).toString()).matches();
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
