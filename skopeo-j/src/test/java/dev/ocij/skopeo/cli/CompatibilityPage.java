package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/// docs/compatibility.md, whose tables tests hold to what is true.
record CompatibilityPage(List<String> text) {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+) \\|");

  static CompatibilityPage read() throws IOException {
    return new CompatibilityPage(
        Files.readAllLines(ProjectFolder.root().resolve("docs/compatibility.md")));
  }

  /// The first column of the table under a heading; each row has a reason.
  List<String> lines(String heading) {
    assertThat(text).contains("## " + heading);
    return text.stream()
        .skip(text.indexOf("## " + heading) + 1L)
        .takeWhile(line -> !line.startsWith("## "))
        .map(ROW::matcher)
        .filter(row -> row.matches() && !row.group(2).isBlank())
        .map(row -> row.group(1))
        .toList();
  }
}
