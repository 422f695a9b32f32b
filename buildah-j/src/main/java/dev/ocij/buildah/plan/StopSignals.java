package dev.ocij.buildah.plan;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The signals that STOPSIGNAL may name, with or without `SIG`, or by number.
final class StopSignals {
  private static final Pattern NUMBER = Pattern.compile("[1-9]|[1-5][0-9]|6[0-4]");
  private static final Pattern REAL_TIME = Pattern.compile("RTM(IN|AX)([+-][0-9]{1,2})?");
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
          "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS");

  private StopSignals() {}

  /// The signal as written, which must be one.
  static String check(String text, SourceText at) {
    var name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    if (NUMBER.matcher(text).matches()
        || NAMES.contains(name)
        || REAL_TIME.matcher(name).matches()) {
      return text;
    }
    throw at.error(
        "unknown signal " + Quoted.of(text),
        Closest.question(text, NAMES.stream().map(n -> "SIG" + n).toList()));
  }
}
