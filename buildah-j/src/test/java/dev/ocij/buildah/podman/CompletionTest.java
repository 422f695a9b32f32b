package dev.ocij.buildah.podman;

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
          podman-j attac,                      attach
          podman-j volume cr,                  create
          podman-j volume create --lab,        --label
          podman-j run --network volume --cid, --cidfile
          """)
  void words_are_completed(String line, String word) throws IOException {
    var script = new StringWriter();
    var out = new PrintWriter(script, true);
    PodmanJ.program().run(out, out, "completion", "bash");
    assertThat(CompletedLine.of(script.toString(), line)).containsExactly(word);
  }
}
