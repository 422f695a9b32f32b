package dev.ocij.skopeo.cli;

import dev.ocij.term.LogLine;
import dev.ocij.term.Options;

/// What a command tells while it works, on standard error in skopeo's form.
record LogLines(Options options) {
  /// @param fields such as `repo=NAME`
  void info(String message, String... fields) {
    say("info", message, fields);
  }

  void warning(String message, String... fields) {
    say("warning", message, fields);
  }

  void error(String message, String... fields) {
    say("error", message, fields);
  }

  private void say(String level, String message, String... fields) {
    var line = new StringBuilder(new LogLine(level, message).toString());
    for (var field : fields) {
      line.append(' ').append(LogLine.field(field));
    }
    options.err().println(line);
    options.err().flush();
  }
}
