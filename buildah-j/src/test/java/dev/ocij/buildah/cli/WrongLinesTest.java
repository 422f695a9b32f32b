package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
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

  /// As buildah 1.43 says it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "add --authfile=/none c /etc/hostname",
        "build --authfile=/none FOLDER",
        "commit --authfile=/none c i",
        "from --authfile=/none scratch",
        "logout --authfile=/none localhost:1",
        "manifest add --authfile=/none l oci:/none",
        "manifest inspect --authfile=/none localhost:1/l",
        "manifest push --authfile=/none l oci:FOLDER/o",
        "pull --authfile=/none oci:/none",
        "push --authfile=/none i oci:FOLDER/o",
      })
  void credentials_are_looked_for_in_no_file_that_is_not_there(String line) throws IOException {
    var buildah = new InProcess(store);
    Files.writeString(store.resolve("Containerfile"), "FROM scratch\nLABEL a=b\n");
    buildah.output("build", "-q", "-t", "i", store.toString());
    buildah.output("from", "--name", "c", "i");
    buildah.output("manifest", "create", "l");
    var outcome = buildah.run(line.replace("FOLDER", store.toString()).split(" "));
    assertThat(outcome.stderr())
        .isEqualTo(
            "Error: credential file is not accessible: faccessat /none: no such file or"
                + " directory\n");
    assertThat(outcome.status()).isEqualTo(125);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkcw", "mkcw -t SNP a b", "source create x", "source --nope"})
  void what_is_refused_says_so_whatever_stands_behind_it(String line) {
    var outcome = new InProcess(store).run(line.split(" "));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr())
        .startsWith("Error: " + line.split(" ")[0] + " is not implemented: ")
        .hasLineCount(1);
  }

  @Test
  void without_a_command_there_is_the_help() {
    var buildah = new InProcess(store);
    assertThat(buildah.output()).isEqualTo(buildah.output("--help"));
    assertThat(buildah.output("manifest")).isEqualTo(buildah.output("manifest", "--help"));
  }
}
