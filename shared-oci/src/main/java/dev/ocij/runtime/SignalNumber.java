package dev.ocij.runtime;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Signals by name or number, as signal(7) has them: `TERM`, `SIGTERM`, `15`, `RTMIN+3`.
public final class SignalNumber {
  /// In the order of their numbers on x86 and ARM, from 1 on.
  private static final List<String> NUMBERED =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private static final Map<String, String> SYNONYMS =
      Map.of("IOT", "ABRT", "CLD", "CHLD", "POLL", "IO");
  private static final int FIRST_REAL_TIME = 34;
  private static final int LAST = 64;

  private SignalNumber() {}

  /// The number of a signal, from 1 to 64.
  ///
  /// @throws OciException of category `USAGE` where the text is none
  public static int parse(String text) {
    return find(text)
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "invalid signal: %s; expected one as TERM, SIGTERM or 15"
                    .formatted(Quoted.of(text))));
  }

  /// As [#parse]; empty where the text is no signal.
  public static OptionalInt find(String text) {
    int number = number(text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""));
    return number < 1 || number > LAST ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /// All names but those of real-time signals, with `SIG`.
  public static List<String> names() {
    var names = new ArrayList<>(NUMBERED);
    names.addAll(SYNONYMS.keySet());
    return names.stream().map("SIG"::concat).sorted().toList();
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
    return NUMBERED.indexOf(SYNONYMS.getOrDefault(name, name)) + 1;
  }
}
