package dev.ocij.buildah.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is killed leaves the control group of a command with limits; the next command removes it.
@Tag("root")
@Tag("namespace")
@Tag("distribution")
class KilledGroupsTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// Its time tells processes of this test from others.
  private static final String TIME = "61.828";

  private static final String SLEEP = "sleep " + TIME;

  @AutoClose private TemporaryFolder folder;
  private Path groups = Path.of("");
  private Set<Path> before = Set.of();

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    var mount =
        Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
            .map(Path::of)
            .filter(path -> Files.exists(path.resolve("cgroup.controllers")))
            .filter(Files::isWritable)
            .findFirst();
    Require.that(
        mount.isPresent(),
        "no control groups of version 2 that may be made: mount -t cgroup2 none"
            + " /sys/fs/cgroup/unified, or let root write to /sys/fs/cgroup");
    groups = mount.orElseThrow();
    before = groups();
    folder = TemporaryFolder.create("groups");
    Busybox.required().writeLayout(place("base"), "base");
    Files.createDirectory(place("context"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--memory=64m", "--cpu-shares=512 --memory=64m --cgroup-parent=PARENT"})
  void a_build_with_limits(String options) throws Exception {
    var parent = "ocij-killed-%d".formatted(ProcessHandle.current().pid());
    containerfile("RUN " + SLEEP);
    var words = new ArrayList<>(List.of("build", "-q"));
    words.addAll(List.of(options.replace("PARENT", "/" + parent).split(" ")));
    words.add(place("context").toString());
    kill(words);
    containerfile("RUN true");
    buildah("build", "-q", place("context").toString()).succeeded();
    Files.deleteIfExists(groups.resolve(parent));
    assertThat(groups()).isEqualTo(before);
  }

  @Test
  void a_command_of_a_working_container_with_limits() throws Exception {
    buildah("from", "--name", "c", "--memory=64m", "oci:" + place("base") + ":base").succeeded();
    var words = new ArrayList<>(List.of("run", "c"));
    words.addAll(List.of(SLEEP.split(" ")));
    kill(words);
    buildah("run", "c", "true").succeeded();
    assertThat(groups()).isEqualTo(before);
    kill(words);
    buildah("rm", "c").succeeded();
    assertThat(groups()).isEqualTo(before);
    assertThat(place("store/containers").toFile().list()).containsOnly(".lock");
  }

  /// As soon as its command runs in a group of its own, which it leaves.
  private void kill(List<String> words) throws Exception {
    var process =
        new ProcessBuilder(line(words.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(place("said").toFile())
            .start();
    var latest = Instant.now().plus(LONGEST);
    while (!sleeps()) {
      assertThat(process.isAlive()).as(Files.readString(place("said"))).isTrue();
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(20); // nobody tells when a program of the build has begun
    }
    process.destroyForcibly().waitFor();
    var left = new HashSet<>(groups());
    left.removeAll(before);
    assertThat(left).isNotEmpty();
  }

  private static boolean sleeps() {
    return ProcessHandle.allProcesses()
        .map(each -> each.info().commandLine().orElse(""))
        .anyMatch(line -> line.endsWith(" " + TIME));
  }

  private Set<Path> groups() throws IOException {
    try (var all = Files.walk(groups)) {
      return all.filter(each -> String.valueOf(each.getFileName()).startsWith("ocij-"))
          .collect(Collectors.toSet());
    }
  }

  private void containerfile(String text) throws IOException {
    Files.writeString(
        place("context/Containerfile"), "FROM oci:%s:base\n%s\n".formatted(place("base"), text));
  }

  private Outcome buildah(String... words) {
    return Run.of(line(words)).outcome();
  }

  private List<String> line(String... words) {
    return StoreLine.of(place("store"), words);
  }

  private Path place(String name) {
    return folder.path().resolve(name);
  }
}
