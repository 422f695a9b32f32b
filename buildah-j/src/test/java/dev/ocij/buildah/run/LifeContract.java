package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The life of containers after `run`, for whichever user a subclass stands for.
abstract class LifeContract extends ContainerContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ID = "[0-9a-f]{64}\n";
  private static final String IDLE = " while :; do sleep 0.1; done";

  @Override
  void nothingElseIsLeft() {
    assertThat(processes().now()).isEmpty();
  }

  @Test
  void in_the_background_it_lives_until_it_is_stopped() {
    var id =
        run("-d", "--name", "c", "trap 'echo bye; exit 3' TERM; echo out; echo err >&2;" + IDLE);
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
    run("-d", "--name", "c", "trap '' TERM;" + IDLE).succeeded();
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
  void logs_can_be_cut_and_followed() {
    run("-d", "--name", "c", "echo 1; sleep 1; echo 2; printf 3; sleep 0.2; echo 4").succeeded();
    assertThat(podman("logs", "-f", "c").succeeded().stdout()).isEqualTo("1\n2\n34\n");
    assertThat(podman("logs", "--tail", "2", "c").stdout()).isEqualTo("2\n34\n");
    assertThat(podman("logs", "-t", "--tail", "1", "c").stdout())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z 34\n");
    assertThat(podman("logs", "-n", "--tail", "1", "c").stdout()).isEqualTo("c 34\n");
    assertThat(podman("logs", "--since", "1h", "--until", "30m", "c").stdout()).isEmpty();
    podman("run", "-d", "--name", "d", "--log-driver", "none", store().image(), "true").succeeded();
    assertThat(podman("logs", "d").status()).isEqualTo(125);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c sh -c exit\\ 9        |   9 |
          -u someone c id -un     |   0 |
          -u nobody-knows c id    | 255 | unable to find user nobody-knows: no matching entries in passwd file
          -w /nope c id           | 127 | workdir "/nope" does not exist
          c nope                  | 127 | executable file not found
          c /etc                  | 126 | permission denied
          gone id                 | 125 | no container with name or ID "gone" found
          made id                 | 255 | can only create exec sessions on running containers
          """)
  void exec_says_what_happened(String words, int status, String message) {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    podman("create", "--name", "made", store().image(), "true").succeeded();
    var line = new ArrayList<>(List.of("exec"));
    line.addAll(List.of(words.split("(?<!\\\\) ")));
    line.replaceAll(word -> word.replace("\\ ", " "));
    var outcome = podman(line.toArray(String[]::new));
    assertThat(outcome.stderr()).contains(message == null ? "" : message);
    assertThat(outcome.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause made                 | 125 | is not running, can't pause: container state improper
          unpause c                  | 125 | is not paused, can't unpause: container state improper
          stats made                 | 125 | it is not running
          healthcheck run c          | 125 | has no defined healthcheck
          wait --condition nope c    | 125 | unknown condition "nope"
          top c tty                  | 125 | unknown column "tty"
          top made                   | 125 | top can only be used on running containers
          attach made                | 125 | you can only attach to running containers
          kill -s NOPE c             | 125 | invalid signal: "NOPE"
          ps --filter a=b            | 125 | "a" is an invalid filter
          logs --since yesterday c   | 125 | invalid time "yesterday"
          port c                     |   0 |
          rm -a c                    | 125 | no arguments are needed with --all
          run --rm --restart always x | 125 | the --rm option conflicts with --restart
          start gone                 | 125 | no container with name or ID "gone" found: no such container
          --runtime crun run -d x    | 125 | run with --runtime in the background is not implemented yet
          """)
  void what_cannot_be_is_told(String words, int status, String message) {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    podman("create", "--name", "made", store().image(), "true").succeeded();
    var outcome = podman(words.split(" "));
    assertThat(outcome.stderr()).contains(message == null ? "" : message);
    assertThat(outcome.status()).isEqualTo(status);
  }

  @Test
  void what_runs_in_front_of_another_command_has_no_other_audience() throws Exception {
    var line = store().runLine(List.of("--name", "c"), "sleep", "100");
    var front = new ProcessBuilder(user().with(line).command()).start();
    for (int i = 0; i < 50 && !names("--filter", "status=running").equals("c\n"); i++) {
      Thread.sleep(50); // That it runs is told by nobody but the list.
    }
    assertThat(podman("attach", "c").stderr())
        .contains("it runs in the foreground of another command");
    assertThat(podman("exec", "c", "echo", "hi").succeeded().stdout()).isEqualTo("hi\n");
    assertThat(podman("kill", "c").succeeded().stdout()).isEqualTo("c\n");
    assertThat(front.waitFor()).isEqualTo(137);
  }

  @Test
  void exec_is_confined_as_the_container_is() {
    podman(
            "run",
            "-d",
            "--name",
            "c",
            "-e",
            "A=b",
            "--cap-drop",
            "all",
            store().image(),
            "sleep",
            "100")
        .succeeded();
    var script = "echo $A; grep -E '^(CapEff|CapBnd|Seccomp):' /proc/self/status; ls /proc/self/fd";
    assertThat(podman("exec", "c", "sh", "-c", script).succeeded().stdout())
        .matches("b\nCapEff:\\s0{16}\nCapBnd:\\s0{16}\nSeccomp:\\s2\n0\n1\n2\n3\n");
    assertThat(podman("exec", "-d", "c", "sleep", "99").succeeded().stdout()).matches(ID);
    assertThat(podman("top", "c", "pid,args").succeeded().stdout())
        .contains("sleep 100", "sleep 99");
  }

  @ParameterizedTest
  @CsvSource({"run, -d", "create, --rm"})
  void files_come_and_go(String command, String option) throws IOException {
    var words = new ArrayList<>(List.of(command, option, "--name", "c", "-u", "someone"));
    words.addAll(List.of(store().image(), "sleep", "100"));
    podman(words.toArray(String[]::new)).succeeded();
    var script =
        """
        mkdir -p in/d; echo f >in/d/f; ln -s f in/d/l; echo other >g; ln -s /../../../tmp links;
        P="%s"
        $P cp in/d c:/tmp/new && $P cp in/d/. c:/tmp && $P cp g c:/tmp/new && $P cp c:/tmp/new out
        $P cp c:/etc/passwd - | tar xO | head -1; tar cf - g | $P cp - c:/var
        $P cp links c:/tmp/lead && $P cp g c:/tmp/lead/deep
        $P cp c:/var/g back; cat back out/f out/g out/l; $P cp c:/tmp/l out/l2; readlink out/l2
        $P cp c:/tmp/deep deep; cat deep; ls /tmp/deep; stat -c %%u in/d/f out/f | uniq | wc -l
        """
            .formatted(String.join(" ", store().line()));
    var said = as("sh", "-c", "rm -rf w; mkdir w; cd w;" + script);
    assertThat(said.stdout())
        .isEqualTo("root:x:0:0:root:/root:/bin/sh\nother\nf\nother\nf\nf\nother\n1\n");
    assertThat(podman("cp", "c:/nope", "x").stderr()).contains("no such file or directory");
    podman("rm", "-f", "c").succeeded();
  }

  @Test
  void changes_are_listed_and_exported() {
    run("--name", "c", "echo >/new; rm /etc/group; echo >>/etc/passwd").succeeded();
    assertThat(podman("diff", "c").succeeded().stdout())
        .isEqualTo("C /etc\nD /etc/group\nC /etc/passwd\nA /new\n");
    var listed = as("sh", "-c", String.join(" ", store().line("export", "c")) + " | tar t");
    assertThat(listed.stdout().lines()).contains("new", "etc/passwd").doesNotContain("etc/group");
  }

  @Test
  void a_policy_starts_it_again() {
    var options = List.of("-d", "--name", "c", "--restart", "on-failure:2");
    var line = new ArrayList<>(options);
    line.add("echo x; exit 5");
    run(line.toArray(String[]::new)).succeeded();
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
    var id = run("-d", "--rm", "--name", "c", script).succeeded().stdout().strip();
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
    var run = run("--rm", "--init", script);
    assertThat(run.stdout()).startsWith("/run/podman-init -- sh -c ").endsWith(" 0\n");
    podman("run", "-d", "--init", "--name", "c", store().image(), "sleep", "100").succeeded();
    assertThat(podman("stop", "c").succeeded().stderr()).isEmpty();
    assertThat(podman("inspect", "-f", "{{.State.ExitCode}}", "c").stdout()).isEqualTo("143\n");
  }

  @Test
  void names_and_filters() {
    podman("create", "--name", "first", "-l", "k=v", store().image(), "true").succeeded();
    podman("create", "--name", "other", store().image(), "true").succeeded();
    assertThat(podman("rename", "first", "other").stderr()).contains("\"other\" is already in use");
    podman("rename", "first", "zero").succeeded();
    assertThat(podman("container", "exists", "zero").status()).isZero();
    assertThat(podman("container", "exists", "first").status()).isEqualTo(1);
    assertThat(names("--filter", "label=k=v")).isEqualTo("zero\n");
    assertThat(names("--filter", "name=^other$")).isEqualTo("other\n");
    assertThat(names("--filter", "since=zero")).isEqualTo("other\n");
    assertThat(names("--filter", "status=exited")).isEmpty();
    assertThat(names("--sort", "names")).isEqualTo("other\nzero\n");
    assertThat(podman("ps", "-a", "--format", "{{.Names}} {{.Label \"k\"}}").stdout())
        .isEqualTo("other \nzero v\n");
    assertThat(podman("ps", "-a", "--format", "table {{.Names}}\t{{.State}}").stdout())
        .isEqualTo("NAMES   STATE\nother   created\nzero    created\n");
    assertThat(podman("container", "prune", "-f").succeeded().stdout().lines()).hasSize(2);
  }

  @Test
  void a_terminal_is_left_by_its_keys_and_found_again() throws Exception {
    var first = typing("run", "-it", "--name", "c", store().image(), "sh");
    first.await("# ");
    first.type("x=7; stty size\n");
    first.await("31 77");
    first.type("\u0010\u0011");
    assertThat(first.end()).isZero();
    assertThat(podman("ps", "--format", "{{.Names}}").stdout()).isEqualTo("c\n");
    var second = typing("attach", "c");
    // That the second one is attached shows nowhere before it types.
    Thread.sleep(1500);
    second.type("echo is $x; exit $x\n");
    second.await("is 7");
    assertThat(second.end()).isEqualTo(7);
  }

  @Test
  void a_command_that_was_entered_is_left_by_keys_and_goes_on() throws Exception {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "600").succeeded();
    var entered = typing("exec", "-it", "--detach-keys", "ctrl-a,x", "c", "sh");
    entered.await("# ");
    entered.type("echo begun; (sleep 3; yes | head -n 20000; echo done > /done) &\n");
    entered.await("begun");
    entered.type("\u0001x");
    assertThat(entered.end()).isZero();
    assertThat(podman("exec", "c", "ls", "/done").status()).isEqualTo(1);
    eventually("what goes on", "done\n", "exec", "c", "cat", "/done");
    podman("rm", "-f", "-t", "0", "c").succeeded();
    assertThat(processes().left()).isEmpty();
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

  /// The last word is a script for a shell.
  private Outcome run(String... words) {
    var line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(words).subList(0, words.length - 1));
    line.addAll(List.of(store().image(), "sh", "-c", words[words.length - 1]));
    return podman(line.toArray(String[]::new));
  }

  private String names(String... options) {
    var line = new ArrayList<>(List.of("ps", "-a", "--format", "{{.Names}}"));
    line.addAll(List.of(options));
    return podman(line.toArray(String[]::new)).succeeded().stdout();
  }

  private void eventually(String what, String expected, String... args) {
    var deadline = Instant.now().plus(PATIENCE);
    var found = podman(args).stdout();
    while (!found.equals(expected) && Instant.now().isBefore(deadline)) {
      found = podman(args).stdout();
    }
    assertThat(found).as(what).isEqualTo(expected);
  }

  /// A line of the user's, in a terminal that the test types on.
  private TypedTerminal typing(String... args) throws IOException {
    return TypedTerminal.running(user().with().command(), String.join(" ", store().line(args)));
  }

  /// Monitors and containers.
  private StoreProcesses processes() {
    return new StoreProcesses(store().containers());
  }

  private static long mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).size();
  }
}
