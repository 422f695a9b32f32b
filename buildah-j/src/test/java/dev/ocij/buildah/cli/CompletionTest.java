package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.CompletedLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines that bash completes; how other shells do is tested with skopeo-j.
class CompletionTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          buildah-j fro,                 from
          buildah-j --root run rena,     rename
          buildah-j manifest annot,      annotate
          buildah-j build --source-date, --source-date-epoch
          """)
  void words_are_completed(String line, String word) throws IOException {
    var script = new StringWriter();
    var out = new PrintWriter(script, true);
    BuildahJ.program().run(out, out, "completion", "bash");
    assertThat(CompletedLine.of(script.toString(), line)).containsExactly(word);
  }
}
