package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the lines of a copy go: standard output belongs to what scripts read, unless a person
/// watches it.
@Tag("tool")
class ProgressTest {
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image() {
    start = StartImages.in(shared);
  }

  @Test
  void goes_to_standard_error_where_output_is_no_terminal() {
    var outcome = SkopeoLine.copy(from(), "dir:" + folder + "/new").succeeded();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr().replaceAll("sha256:[0-9a-f]{64}", "DIGEST"))
        .startsWith("Getting image source signatures\nCopying ")
        .contains("Copying blob DIGEST\n", "Copying config DIGEST\n")
        .endsWith("\nWriting manifest to image destination\n");
  }

  @Test
  void is_nowhere_where_nobody_wants_it() {
    var outcome = SkopeoLine.copy(from(), "dir:" + folder + "/new", "--quiet").succeeded();
    assertThat(outcome.stdout() + outcome.stderr()).isEmpty();
  }

  @Test
  void goes_to_a_terminal_on_standard_output() throws Exception {
    var errors = folder.resolve("errors");
    var watched = watched("dir:" + folder + "/new", "2>" + errors);
    assertThat(watched).contains("Copying blob sha256:", "Writing manifest to image destination");
    assertThat(Files.readString(errors)).isEmpty();
  }

  @Test
  void keeps_off_a_stream_that_gets_the_image() throws Exception {
    var archive = folder.resolve("image.tar");
    var line = line("docker-archive:/dev/stdout:example.com/a/b:v1") + " | cat >" + archive;
    var outcome = Tool.required("sh").run("-c", line).succeeded();
    assertThat(outcome.stderr()).contains("Writing manifest to image destination");
    assertThat(Tool.required("skopeo").output("list-tags", "docker-archive:" + archive))
        .contains("example.com/a/b:v1");
  }

  private String watched(String to, String more) {
    return Tool.required("script").output("-qec", line(to) + " " + more, "/dev/null");
  }

  private static String from() {
    return start.oci(StartImages.SINGLE);
  }

  private static String line(String to) {
    return SkopeoLine.with("--insecure-policy", "copy", from(), to).command().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }
}
