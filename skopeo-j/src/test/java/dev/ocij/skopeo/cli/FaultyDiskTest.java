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
import org.junit.jupiter.params.provider.CsvSource;

/// Destinations on a disk that is full, or that nothing can be written to: told in one line, and
/// nothing is left there.
@Tag("tool")
@Tag("namespace")
class FaultyDiskTest {
  private static StartImages start;
  @TempDir private static Path shared;

  @BeforeAll
  static void an_image() {
    start = StartImages.in(shared);
  }

  /// The image has 140 KB.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          size=100k, oci:DISK/layout:t,                   No space left on device
          size=100k, dir:DISK/dir,                        No space left on device
          size=100k, oci-archive:DISK/a.tar:t,            No space left on device
          size=100k, docker-archive:DISK/a.tar:x.org/a:t, No space left on device
          ro,        oci:DISK/layout:t,                   Read-only file system
          ro,        dir:DISK/dir,                        Read-only file system
          ro,        oci-archive:DISK/a.tar:t,            Read-only file system
          """)
  void is_told_and_nothing_is_left(String disk, String place, String found, @TempDir Path folder) {
    var outcome = onDisk(disk, folder, place.replace("DISK", folder.toString()));
    assertThat(outcome.stderr().lines())
        .filteredOn(line -> line.contains("level="))
        .singleElement()
        .asString()
        .contains("level=fatal", folder.toString(), found);
    assertThat(outcome.stdout()).doesNotContain("index.json", "manifest.json", ".tar", ".tmp-");
  }

  /// Prints what is on the disk afterwards. What a layout keeps for a second attempt are whole
  /// blobs.
  private static Outcome onDisk(String disk, Path folder, String to) {
    var copy =
        SkopeoLine.with("--insecure-policy", "copy", "-q", start.oci(StartImages.SINGLE), to)
            .command()
            .stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    var script =
        "mount -t tmpfs -o %s none %s && { %s && echo copied; find %s -type f; }"
            .formatted(disk, folder, copy, folder);
    return Tool.required("unshare").run("--user", "--map-root-user", "--mount", "sh", "-c", script);
  }
}
