package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerDaemon;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The installed skopeo and our program over the same command lines: the same output, compared by
/// structure where it is JSON, and the same exit status. Where they differ, docs/compatibility.md
/// says why.
@Tag("tool")
class SideBySideTest {
  private static DockerRegistry plain;
  private static DockerRegistry tls;
  private static DockerDaemon daemon;
  private static SharedPlaces places;
  @TempDir private static Path folder;

  @BeforeAll
  static void registries_and_images() throws IOException {
    plain = DockerRegistry.open();
    tls = DockerRegistry.setup().tls().password("ada", "secret").open();
    daemon = DockerDaemon.open(folder);
    places = SharedPlaces.in(folder, plain, tls, daemon);
  }

  @AfterAll
  static void no_registries() {
    if (plain != null) {
      plain.close();
    }
    if (tls != null) {
      tls.close();
    }
    if (daemon != null) {
      daemon.close();
    }
  }

  @Test
  void only_documented_lines_end_otherwise() throws IOException {
    var skopeo = Tool.required("skopeo");
    var theirs = Side.of("theirs", places, line -> skopeo.run(line));
    var ours = Side.of("ours", places, SkopeoLine::run);
    var differing = new TreeMap<String, String>();
    for (var line : lines()) {
      var expected = theirs.answer(line);
      var actual = ours.answer(line);
      if (!actual.isAlike(expected)) {
        differing.put(line, "skopeo: %s%nskopeo-j: %s".formatted(expected, actual));
      }
    }
    var listed = CompatibilityPage.read().lines("Command lines that end otherwise");
    assertThat(differing.keySet())
        .as("lines that differ: %s", differing)
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  private static Iterable<String> lines() throws IOException {
    try (var in = SideBySideTest.class.getResourceAsStream("side-by-side.txt")) {
      var lines =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
      return lines;
    }
  }
}
