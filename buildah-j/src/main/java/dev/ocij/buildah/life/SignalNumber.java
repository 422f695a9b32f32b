package dev.ocij.buildah.life;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;

/// Signals by name: `TERM`, `SIGTERM`, `15`, `RTMIN+3`.
public final class SignalNumber {
  /// In the order of their numbers on x86 and ARM, from 1 on.
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private static final int FIRST_REAL_TIME = 34;
  private static final int LAST = 64;

  private SignalNumber() {}

  public static int parse(String text) {
    var name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    int number = number(name);
    if (number < 1 || number > LAST) {
      throw new OciException(OciException.Category.USAGE, "invalid signal: " + Quoted.of(text));
    }
    return number;
  }

  private static int number(String name) {
    if (name.matches("[0-9]{1,3}")) {
      return Integer.parseInt(name);
    }
    if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
      return FIRST_REAL_TIME + (name.length() > 5 ? Integer.parseInt(name.substring(6)) : 0);
    }
    if (name.matches("RTMAX(-[0-9]{1,2})?")) {
      return LAST - (name.length() > 5 ? Integer.parseInt(name.substring(6)) : 0);
    }
    return NAMES.indexOf(name) + 1;
  }
}
