package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command that takes too long is ended, and nothing is half done.
@Tag("tool")
@Timeout(10)
class CommandTimeoutTest {
  @AutoClose private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_with_an_image() {
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    SkopeoLine.copy(start.oci(StartImages.SINGLE), docker(registry.host(), "here")).succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dir:FOLDER/new",
        "oci:FOLDER/new:t",
        "docker-archive:FOLDER/new",
        "oci-archive:FOLDER/new:t"
      })
  void a_copy_from_a_silent_registry_leaves_nothing(String to) {
    try (var silent =
        FaultyRegistry.before(registry, "stall,match=blob-get,times=0,delay=60,after=0")) {
      var from = docker(silent.host(), "here");
      assertEnded(() -> limited("1s", from, to.replace("FOLDER", folder.toString())));
    }
    if (to.startsWith("oci:")) {
      assertThat(folder.resolve("new/index.json")).doesNotExist();
    } else {
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void a_copy_to_a_silent_registry_shows_nothing() {
    var faults = "mute,match=upload-put|upload-patch|manifest-put,times=0,delay=60";
    try (var silent = FaultyRegistry.before(registry, faults)) {
      var to = docker(silent.host(), "there");
      assertEnded(() -> limited("1s", start.oci(StartImages.SINGLE), to));
    }
    var there = docker(registry.host(), "there");
    assertThat(SkopeoLine.run("inspect", "--tls-verify=false", there).status()).isEqualTo(2);
  }

  @Test
  void a_command_in_time_knows_nothing_of_the_limit() {
    limited("1m", start.oci(StartImages.SINGLE), "dir:" + folder + "/new").succeeded();
    limited("0", start.oci(StartImages.SINGLE), "dir:" + folder + "/other").succeeded();
  }

  /// Within the second and the five for leftovers, of which the work needs none.
  private static void assertEnded(Supplier<Outcome> run) {
    long began = System.nanoTime();
    var outcome = run.get();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr().lines().filter(line -> line.contains("level=fatal")))
        .singleElement()
        .asString()
        .contains("context deadline exceeded");
  }

  private static Outcome limited(String limit, String from, String to) {
    return SkopeoLine.copy(from, to, "--command-timeout=" + limit);
  }

  private static String docker(String host, String name) {
    return "docker://%s/%s:t".formatted(host, name);
  }
}
