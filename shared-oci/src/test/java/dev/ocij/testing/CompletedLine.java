package dev.ocij.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command line whose last word bash completes.
public final class CompletedLine {
  private static final String COMPLETE =
      """
      . "$0"
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      "_${1/-/_}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  private CompletedLine() {}

  /// What the last word may become.
  ///
  /// @param script what the program's `completion bash` prints
  public static List<String> of(String script, String line) throws IOException {
    var file = Files.createTempFile("completion-", ".bash");
    try {
      return completed(Files.writeString(file, script), line);
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> completed(Path script, String line) {
    var arguments = new ArrayList<>(List.of("-c", COMPLETE, script.toString()));
    arguments.addAll(List.of(line.split(" ")));
    return Tool.required("bash")
        .output(arguments.toArray(String[]::new))
        .lines()
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
