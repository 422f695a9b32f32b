package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that cannot be meant are told as buildah tells them.
class WrongLinesTest {
  @TempDir Path store;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm --nope",
        "rm --nope=1",
        "rm -x",
        "rm --all=maybe",
        "from --name",
        "nonsense",
      })
  @Tag("tool")
  void as_buildah(String line) {
    var theirs = Tool.required("buildah").run(line.split(" "));
    var ours = new InProcess(store).run(line.split(" "));
    assertThat(ours.stderr().replace("buildah-j", "buildah")).isEqualTo(theirs.stderr());
    assertThat(ours.status()).isEqualTo(theirs.status());
  }

  @Test
  void without_a_command_there_is_the_help() {
    var buildah = new InProcess(store);
    assertThat(buildah.output()).isEqualTo(buildah.output("--help"));
    assertThat(buildah.output("manifest")).isEqualTo(buildah.output("manifest", "--help"));
  }
}
