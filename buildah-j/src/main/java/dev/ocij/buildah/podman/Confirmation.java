package dev.ocij.buildah.podman;

import dev.ocij.term.Options;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// The question that a command asks before it removes many things.
public record Confirmation(Options options, InputStream answers) {
  /// Asks, behind a warning.
  ///
  /// @return whether the answer is yes
  /// @throws dev.ocij.spec.OciException where there is no answer
  public boolean ask(String warning) throws IOException {
    options.out().println(warning);
    options.out().print("Are you sure you want to continue? [y/N] ");
    options.out().flush();
    var answer = line();
    return answer.toLowerCase(Locale.ROOT).startsWith("y");
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int c = answers.read();
    if (c < 0) {
      throw Values.usage("read the answer: there is none; --force asks nothing");
    }
    for (; c >= 0 && c != '\n'; c = answers.read()) {
      line.appendCodePoint(c);
    }
    return line.toString().strip();
  }
}
