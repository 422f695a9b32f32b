package dev.ocij.buildah.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A line of a shell in a terminal of 31 rows and 77 columns, on which a test types.
record TypedTerminal(Process process) {
  /// @param prefix what runs the line as another user; empty for nobody else
  static TypedTerminal running(List<String> prefix, String line) throws IOException {
    var script = Tool.required("script").program().toString();
    var words = new ArrayList<>(prefix);
    words.addAll(List.of(script, "-qec", "stty rows 31 cols 77; exec " + line, "/dev/null"));
    return new TypedTerminal(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /// Reads on until this was shown.
  void await(String text) throws IOException {
    var seen = new StringBuilder();
    var in = process.getInputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      seen.append((char) b);
      if (seen.indexOf(text) >= 0) {
        return;
      }
    }
    throw new AssertionError("expected %s in what was shown: %s".formatted(text, seen));
  }

  /// The status of the line at its end.
  int end() throws InterruptedException {
    return process.waitFor();
  }
}
