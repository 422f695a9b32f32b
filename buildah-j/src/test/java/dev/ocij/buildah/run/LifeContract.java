package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The life of containers after `run`, for whichever user a subclass stands for.
abstract class LifeContract extends ContainerContract {
  private static final String ID = "[0-9a-f]{64}\n";
  private static final String IDLE = " while :; do sleep 0.1; done";

  @Override
  void nothingElseIsLeft() {
    assertThat(processes().now()).isEmpty();
  }

  /// Each command of an ordinary user is in a user namespace of its own, and root of no other.
  @Test
  void one_that_is_not_root_hears_signals_too() {
    var script = "trap 'echo bye; exit 5' TERM; echo up; while true; do sleep 0.1; done";
    podman("run", "-d", "--name", "c", "-u", "7", store().image(), "sh", "-c", script).succeeded();
    eventually("first", "up\n", "logs", "c");
    podman("restart", "c").succeeded();
    eventually("again", "up\nbye\nup\n", "logs", "c");
    podman("stop", "c").succeeded();
    assertThat(podman("inspect", "-f", "{{.State.ExitCode}}", "c").stdout()).isEqualTo("5\n");
  }

  @Test
  void in_the_background_it_lives_until_it_is_stopped() {
    var id =
        shell("-d", "--name", "c", "trap 'echo bye; exit 3' TERM; echo out; echo err >&2;" + IDLE);
    assertThat(id.succeeded().stdout()).matches(ID);
    eventually("logs", "out\n", "logs", "c");
    assertThat(podman("logs", "c").stderr()).isEqualTo("err\n");
    assertThat(podman("ps", "--format", "{{.Names}} {{.State}}").stdout()).isEqualTo("c running\n");
    assertThat(podman("exec", "c", "sh", "-c", "ps | wc -l").succeeded().stdout()).isNotEmpty();
    assertThat(podman("stop", "c").succeeded().stdout()).isEqualTo("c\n");
    assertThat(podman("wait", "c").succeeded().stdout()).isEqualTo("3\n");
    assertThat(podman("logs", "--tail", "1", "c").stdout()).isEqualTo("bye\n");
    assertThat(podman("ps", "-a", "--format", "{{.Status}}").stdout()).startsWith("Exited (3) ");
    assertThat(podman("rm", "c").succeeded().stdout()).isEqualTo("c\n");
  }

  @Test
  void what_was_made_can_be_started_again_and_again() {
    var made =
        podman(
            "create", "--name", "c", store().image(), "sh", "-c", "echo x >>/f; wc -l </f; exit 4");
    assertThat(made.succeeded().stdout()).matches(ID);
    assertThat(podman("ps", "-a", "--format", "{{.Status}}").stdout()).isEqualTo("Created\n");
    for (int i = 1; i <= 2; i++) {
      var started = podman("start", "-a", "c");
      assertThat(started.stdout().strip()).isEqualTo(Integer.toString(i));
      assertThat(started.status()).isEqualTo(4);
    }
    assertThat(podman("start", "c").succeeded().stdout()).isEqualTo("c\n");
    assertThat(podman("wait", "c").stdout()).isEqualTo("4\n");
    assertThat(podman("logs", "c").stdout()).isEqualTo("1\n2\n3\n");
  }

  @Test
  void a_stubborn_one_is_killed() {
    shell("-d", "--name", "c", "trap '' TERM;" + IDLE).succeeded();
    var stopped = podman("stop", "-t", "1", "c").succeeded();
    assertThat(stopped.stderr())
        .contains(
            "StopSignal SIGTERM failed to stop container c in 1 seconds, resorting to SIGKILL");
    assertThat(podman("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", "c").stdout())
        .isEqualTo("exited 137\n");
    var again = podman("kill", "c");
    assertThat(again.status()).isEqualTo(125);
    assertThat(again.stderr())
        .contains("can only kill running containers.", "is in state exited: container state");
  }

  @Test
  void a_container_of_another_user_inside_can_be_stopped_and_removed() {
    podman("run", "-d", "--name", "a", "-u", "someone", store().image(), "sleep", "100")
        .succeeded();
    podman("run", "-d", "--name", "b", "-u", "someone", store().image(), "sleep", "100")
        .succeeded();
    assertThat(podman("exec", "a", "id", "-un").succeeded().stdout()).isEqualTo("someone\n");
    assertThat(podman("stop", "-t", "0", "a").succeeded().stdout()).isEqualTo("a\n");
    assertThat(podman("rm", "b").status()).isEqualTo(2);
    assertThat(podman("rm", "-f", "b").succeeded().stdout()).isEqualTo("b\n");
  }

  @Test
  void a_policy_starts_it_again() {
    var options = List.of("-d", "--name", "c", "--restart", "on-failure:2");
    var line = new ArrayList<>(options);
    line.add("echo x; exit 5");
    shell(line.toArray(String[]::new)).succeeded();
    assertThat(podman("wait", "c").stdout()).isEqualTo("5\n");
    assertThat(podman("logs", "c").stdout()).isEqualTo("x\nx\nx\n");
    assertThat(podman("inspect", "--format", "{{.RestartCount}}", "c").stdout()).isEqualTo("2\n");
    podman("run", "-d", "--name", "d", "--restart", "always", store().image(), "sleep", "100");
    assertThat(podman("stop", "-t", "0", "d").succeeded().stdout()).isEqualTo("d\n");
    assertThat(podman("ps", "-q").stdout()).isEmpty();
  }

  @Test
  void one_that_waits_to_be_started_again_is_removed_at_once() {
    podman("run", "-d", "--name", "c", "--restart", "always", store().image(), "false").succeeded();
    eventually("restarts", "4\n", "inspect", "--format", "{{.RestartCount}}", "c");
    var begun = Instant.now();
    podman("rm", "c").succeeded();
    assertThat(begun).isAfter(Instant.now().minusSeconds(10));
    assertThat(processes().now()).isEmpty();
  }

  @Test
  void it_ends_with_its_monitor_and_the_next_command_says_so() throws InterruptedException {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    podman("run", "-d", "--rm", store().image(), "sleep", "100").succeeded();
    processes().monitors().forEach(StoreProcesses.Seen::kill);
    assertThat(processes().left()).isEmpty();
    assertThat(podman("ps", "-a", "--format", "{{.Names}} {{.Status}}").stdout())
        .matches("c Exited \\(137\\) .*\n");
    assertThat(podman("start", "c").succeeded().stdout()).isEqualTo("c\n");
  }

  @Test
  void its_monitor_has_a_cache_of_its_own_and_little_memory() {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    var monitor = podman("inspect", "-f", "{{.State.ConmonPid}}", "c").stdout().strip();
    assertThat(as("cat", "/proc/%s/maps".formatted(monitor)).succeeded().stdout())
        .containsPattern("/podman-j-monitor-[0-9a-f]+\\.aot");
    var memory = as("cat", "/proc/%s/smaps_rollup".formatted(monitor)).succeeded().stdout();
    assertThat(kilobytes(memory, "Rss")).isBetween(1 << 10, 60 << 10);
    assertThat(kilobytes(memory, "Private_Dirty")).isBetween(1 << 10, 30 << 10);
  }

  private static int kilobytes(String memory, String name) {
    return memory
        .lines()
        .map(line -> line.split("\\s+"))
        .filter(words -> words[0].equals(name + ":"))
        .mapToInt(words -> Integer.parseInt(words[1]))
        .sum();
  }

  @Test
  void with_rm_it_vanishes_and_its_status_is_told() throws InterruptedException {
    var script = "until [ -e /go ]; do sleep 0.1; done; exit 6";
    var id = shell("-d", "--rm", "--name", "c", script).succeeded().stdout().strip();
    // Whoever waits must have begun before it ends: it ends long after another was begun later.
    var waiting = String.join(" ", store().line("wait", id));
    var ending = String.join(" ", store().line("exec", "c", "sh", "-c", "'sleep 3; touch /go'"));
    assertThat(as("sh", "-c", waiting + " & " + ending + "; wait").succeeded().stdout())
        .isEqualTo("6\n");
    for (int i = 0; i < 100 && Files.exists(store().containers().resolve(id)); i++) {
      Thread.sleep(50); // Its monitor removes it, after whoever waited was told.
    }
    assertThat(store().containers().resolve(id)).doesNotExist();
  }

  @Test
  void an_init_reaps_what_others_leave() {
    Tool.required("tini-static");
    var script =
        "tr '\\0' ' ' </proc/1/cmdline; sh -c 'sleep 0.2 & exit'; sleep 1; ps -o comm | grep -c"
            + " sleep";
    var run = shell("--rm", "--init", script);
    assertThat(run.stdout()).startsWith("/run/podman-init -- sh -c ").endsWith(" 0\n");
    podman("run", "-d", "--init", "--name", "c", store().image(), "sleep", "100").succeeded();
    assertThat(podman("stop", "c").succeeded().stderr()).isEmpty();
    assertThat(podman("inspect", "-f", "{{.State.ExitCode}}", "c").stdout()).isEqualTo("143\n");
  }

  @Test
  void nothing_is_left_of_many() throws Exception {
    long mounts = mounts();
    for (int i = 0; i < 10; i++) {
      podman("run", "--rm", store().image(), "true").succeeded();
    }
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var started =
          IntStream.range(0, 8)
              .mapToObj(
                  _ -> tasks.submit(() -> podman("run", "-d", "--rm", store().image(), "true")))
              .toList();
      for (var each : started) {
        assertThat(each.get().succeeded().stdout()).matches(ID);
      }
    }
    assertThat(processes().left()).isEmpty();
    assertThat(podman("ps", "-a", "-q").stdout()).isEmpty();
    assertThat(mounts()).isEqualTo(mounts);
  }

  @Test
  void a_launcher_that_is_killed_leaves_nothing_to_the_next_command() throws Exception {
    for (int delay : new int[] {50, 200, 400, 600, 900}) {
      var line =
          as(
              "sh",
              "-c",
              "%s & p=$!; sleep 0.%03d; kill -9 $p; wait $p"
                  .formatted(
                      String.join(
                          " ", store().line("run", "--rm", store().image(), "sleep", "100")),
                      delay));
      assertThat(line.status()).isEqualTo(137);
    }
    var _ = processes().left();
    podman("run", "--rm", store().image(), "true").succeeded();
    assertThat(store().containers().toFile().list()).containsOnly(".lock");
  }

  private static long mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).size();
  }
}
