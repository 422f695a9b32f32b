package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What many containers leave behind, and those whose runner was killed. `bench/starts.sh` is the
/// same at length.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class LeftoversTest {
  private static final int IN_A_ROW = 30;
  private static final int AT_ONCE = 10;
  private static final int KILLED = 5;

  @TempDir Path folder;
  private BusyboxStore store;
  private StoreProcesses processes;
  private Set<Path> groups;

  @BeforeEach
  void prepare() {
    Require.root();
    store = BusyboxStore.in(folder);
    processes = new StoreProcesses(folder);
    store.run(List.of("--rm"), "true").succeeded();
    groups = ControlGroups.all();
  }

  @Test
  void starts_in_a_row_leave_nothing() throws Exception {
    for (int i = 0; i < IN_A_ROW; i++) {
      store.run(List.of("--rm"), "true").succeeded();
    }
    assertNothingIsLeft();
  }

  @Test
  void starts_at_once_leave_nothing() throws Exception {
    var ends =
        IntStream.range(0, AT_ONCE)
            .boxed()
            .gather(
                Gatherers.mapConcurrent(
                    AT_ONCE,
                    i -> {
                      var end = store.run(List.of("--rm"), "sh", "-c", "exit " + i);
                      return end.status() + end.stderr();
                    }))
            .toList();
    assertThat(ends)
        .containsExactlyElementsOf(IntStream.range(0, AT_ONCE).mapToObj(i -> "" + i).toList());
    assertNothingIsLeft();
  }

  /// In the foreground, and the monitor of one in the background.
  @Test
  void a_killed_runner_leaves_nothing_behind_the_next_command() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < KILLED; i++) {
      var line = store.runLine(List.of("--rm"), "sh", "-c", "sleep 600 & sleep 600");
      var runner = new ProcessBuilder(line).inheritIO().start();
      runner.waitFor(random.nextInt(2500), TimeUnit.MILLISECONDS);
      runner.destroyForcibly().waitFor();
    }
    store.podman("create", "--rm", "--name", "c", store.image(), "sleep", "600").succeeded();
    store.podman("start", "c").succeeded();
    assertThat(processes.monitors()).hasSize(1);
    processes.monitors().forEach(StoreProcesses.Seen::kill);
    assertNothingIsLeft();
  }

  /// The next command is what sweeps.
  private void assertNothingIsLeft() throws IOException, InterruptedException {
    var _ = processes.left();
    assertThat(store.podman("ps", "-a", "-q").succeeded().stdout()).isEmpty();
    assertThat(processes.now()).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("" + folder);
    try (var names = Files.list(store.containers())) {
      assertThat(names.map(LeftoversTest::name))
          .allMatch(name -> name.startsWith(".") && !name.startsWith(".gone"));
    }
    assertThat(store.containers().resolveSibling("names")).isEmptyDirectory();
    assertThat(ControlGroups.all()).isEqualTo(groups);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
