package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Control groups of containers: where one can be made it is, and goes again; where not, that is
/// told.
@Tag("distribution")
@Tag("namespace")
class LimitTest {
  private static final List<Path> MOUNTS =
      List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

  @TempDir Path folder;

  @Test
  @Tag("root")
  void root_pauses_and_counts() {
    Require.root();
    var store = BusyboxStore.in(folder);
    if (mount() == null) {
      refuses(store::podman, store.image());
    } else {
      var before = ControlGroups.all();
      pauses(store::podman, store.image());
      assertThat(ControlGroups.all()).isEqualTo(before);
    }
  }

  @Test
  @Tag("root")
  void a_user_pauses_in_a_group_that_is_theirs() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var mount = mount();
      if (mount == null) {
        refuses(line -> user.run(store.line(line)), store.image());
        return;
      }
      var delegated =
          Files.createDirectory(mount.resolve("delegated-" + user.home().getFileName()));
      try {
        Tool.required("chown").run("-R", user.name() + ":", delegated.toString()).succeeded();
        pauses(line -> inside(delegated, user, store.line(line)), store.image());
        assertThat(ControlGroups.below(delegated)).isEmpty();
      } finally {
        Files.delete(delegated);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--memory=64m, --memory",
    "--cpus=0.5 --pids-limit=50, '--cpus, --pids-limit'",
    "--cpus=0.5 --pids-limit=-1, --cpus",
    "--cpuset-cpus=0 -m 1g --memory-swap=-1, '--cpuset-cpus, --memory, --memory-swap'"
  })
  void a_limit_is_set_or_told(String options, String told) {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var words = new ArrayList<>(List.of("--rm"));
      words.addAll(List.of(options.split(" ")));
      var ran = user.run(store.runLine(words, "echo", "hi")).succeeded();
      assertThat(ran.stdout()).isEqualTo("hi\n");
      if (!ran.stderr().isEmpty()) {
        assertThat(ran.stderr())
            .contains(
                "level=warning msg=\"%s: limits of memory and processors are not set"
                    .formatted(told))
            .hasLineCount(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --memory=lots                | --memory "lots": expected a number and b, k, m, g or t
          --cpus=-1                    | --cpus "-1": expected a number of processors, as 1.5
          --cpus=1 --cpu-quota=5       | --cpus and --cpu-quota or --cpu-period say the same
          --memory-swap=1m             | --memory-swap 1m: it counts memory and swap together
          --cpuset-cpus=all            | --cpuset-cpus "all": expected numbers, as 0-2,4
          --pids-limit=many            | --pids-limit "many": expected a number
          """)
  void a_limit_that_makes_no_sense_is_refused(String options, String message) {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var ran = user.run(store.runLine(List.of(options.split(" ")), "true"));
      assertThat(ran.status()).isEqualTo(125);
      assertThat(ran.stderr()).contains(message);
    }
  }

  private static void pauses(Function<String[], Outcome> podman, String image) {
    var script = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done";
    call(podman, "run", "-d", "--name", "c", "-m", "512m", image, "sh", "-c", script);
    assertThat(call(podman, "pause", "c")).isEqualTo("c\n");
    assertThat(call(podman, "ps", "--format", "{{.Status}} {{.State}}"))
        .isEqualTo("Paused paused\n");
    var before = call(podman, "logs", "c");
    assertThat(call(podman, "logs", "c")).isEqualTo(before);
    var format = "{{.Name}} {{.CPUPerc}} {{.PIDS}}";
    assertThat(call(podman, "stats", "--no-stream", "--format", format))
        .matches("c \\d+\\.\\d\\d% [1-9]\\d*\n");
    assertThat(call(podman, "inspect", "-f", "{{.State.CgroupPath}} {{.HostConfig.Memory}}", "c"))
        .matches("/.*ocij-[0-9a-f]{64} 536870912\n");
    assertThat(podman.apply(new String[] {"stop", "c"}).stderr()).contains("is in state paused");
    assertThat(call(podman, "unpause", "c")).isEqualTo("c\n");
    assertThat(call(podman, "ps", "--format", "{{.State}}")).isEqualTo("running\n");
    call(podman, "pause", "c");
    call(podman, "rm", "-f", "c");
  }

  private static void refuses(Function<String[], Outcome> podman, String image) {
    call(podman, "run", "-d", "--name", "c", image, "sleep", "100");
    assertThat(podman.apply(new String[] {"pause", "c"}).stderr())
        .contains("it is in no control group that could be frozen");
    call(podman, "rm", "-f", "c");
  }

  private static String call(Function<String[], Outcome> podman, String... words) {
    return podman.apply(words).succeeded().stdout();
  }

  private static Outcome inside(Path group, OrdinaryUser user, String... line) {
    var words = new ArrayList<>(List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\""));
    words.add(group.resolve("cgroup.procs").toString());
    words.addAll(user.with(line).command());
    return Run.of(words).in(user.home()).outcome();
  }

  /// Where this process may make groups of version 2; null where it may not.
  private static @Nullable Path mount() {
    for (var mount : MOUNTS) {
      try {
        if (Files.exists(mount.resolve("cgroup.controllers"))) {
          Files.delete(Files.createTempDirectory(mount, "probe-"));
          return mount;
        }
      } catch (IOException _) {
        return null;
      }
    }
    return null;
  }
}
