package dev.ocij.buildah.podman.runtime;

import dev.ocij.buildah.podman.Values;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;

/// Signals by their names, as signal(7) numbers them on x86 and ARM.
final class Signal {
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final int LAST = 64;

  private Signal() {}

  /// A number from 0 on, or a name with or without `SIG`.
  static int number(String text) {
    int number =
        text.matches("[0-9]{1,2}")
            ? Integer.parseInt(text)
            : NAMES.indexOf(text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "")) + 1;
    if (number > LAST || (number == 0 && !text.matches("0+"))) {
      throw Values.usage("unknown signal " + Quoted.of(text));
    }
    return number;
  }
}
