package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that come through a pipe and go into one.
@Tag("tool")
class StreamsTest {
  private static Tool skopeo;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void archives() {
    skopeo = Tool.required("skopeo");
    start = StartImages.in(shared);
    for (var transport : new String[] {"docker-archive", "oci-archive"}) {
      skopeo.output(
          "--insecure-policy",
          "copy",
          "-q",
          start.oci(StartImages.SINGLE),
          transport + ":" + shared.resolve(transport));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-archive", "oci-archive"})
  void an_archive_is_read_from_a_pipe(String transport) {
    var archive = shared.resolve(transport);
    var expected = skopeo.output("inspect", "--format={{.Digest}}", transport + ":" + archive);
    var line = line("inspect", "--format={{.Digest}}", transport + ":/dev/stdin");
    for (var feed : new String[] {"cat %s | ", "gzip -c %s | "}) {
      assertThat(shell(feed.formatted(archive) + line).succeeded().stdout()).isEqualTo(expected);
    }
  }

  /// Into a file behind the open one, which stays: not by `/dev/stdout`, so that a mistake harms
  /// nobody.
  @ParameterizedTest
  @ValueSource(strings = {"docker-archive:/proc/self/fd/1:a:1", "oci-archive:/proc/self/fd/1:a"})
  void an_archive_is_written_into_what_is_open(String place) {
    var archive = folder.resolve("written");
    var from = start.oci(StartImages.SINGLE);
    shell(line("--insecure-policy", "copy", from, place) + " > " + archive).succeeded();
    var transport = place.substring(0, place.indexOf(':'));
    skopeo.output(
        "--insecure-policy", "copy", "-q", transport + ":" + archive, "dir:" + folder + "/read");
  }

  private static Outcome shell(String line) {
    return Tool.required("sh").run("-c", line);
  }

  private static String line(String... words) {
    return SkopeoLine.with(words).command().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }
}
