package dev.ocij.skopeo.cli;

import dev.ocij.term.LogLine;
import dev.ocij.term.Options;

/// What a command tells while it works, on standard error in skopeo's form.
record LogLines(Options options) {
  void info(String message, String... fields) {
    say("info", message, fields);
  }

  void warning(String message) {
    say("warning", message);
  }

  void error(String message) {
    say("error", message);
  }

  private void say(String level, String message, String... fields) {
    var line = new LogLine(level, message);
    options.err().println(line + (fields.length == 0 ? "" : " " + String.join(" ", fields)));
    options.err().flush();
  }
}
