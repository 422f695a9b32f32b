package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalRuntimeTest {
  private static final int ROUNDS = 30;

  @TempDir Path folder;

  @Test
  @Tag("tool")
  @Tag("root")
  void crun_runs_the_bundles_that_our_runner_runs() throws Exception {
    Require.root();
    var crun = crun();
    var busybox = Busyboxes.in(folder);
    var bundle =
        busybox.bundle(
            request ->
                request.with(draft -> {
                  draft.user = "someone";
                  draft.hostname = "box";
                  draft.network = "none";
                  draft.noNewPrivileges = true;
                }),
            "sh",
            "-c",
            "test $(hostname) = box && test $(id -u) = 1000 && test -e /dev/null && exit 9");
    var id = "ocij-judge-" + ProcessHandle.current().pid();
    assertThat(crun.start(bundle, id, Stdio.inherited()).waitFor()).isEqualTo(9);
    assertThat(busybox.run(bundle).status()).isEqualTo(9);
  }

  @Test
  void a_runtime_that_is_missing_is_named() {
    var busybox = Busyboxes.in(folder);
    assertThatThrownBy(() ->
            new ExternalRuntime("/no/crun").start(busybox.bundle("true"), "x", Stdio.inherited()))
        .hasMessageStartingWith("run by \"/no/crun\": it cannot be started")
        .hasMessageEndingWith("is it installed?");
  }

  @Test
  @Tag("tool")
  @Tag("root")
  void a_program_that_does_not_begin_is_told_as_the_runtime_tells_it() throws Exception {
    Require.root();
    var crun = crun();
    var bundle = Busyboxes.in(folder).bundle("/no/program");
    assertThatThrownBy(() -> crun.start(bundle, "ocij-missing", Stdio.inherited()))
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.exitStatus()).isEqualTo(127))
        .hasMessageContaining("/no/program");
  }

  @Test
  @Tag("tool")
  @Tag("root")
  void a_container_ends_with_its_runtime_and_can_be_started_again() throws Exception {
    Require.root();
    var crun = crun();
    var bundle = Busyboxes.in(folder).bundle("sleep", "100");
    for (int i = 0; i < 2; i++) {
      var container = crun.start(bundle, "ocij-killed", Stdio.inherited());
      var runtime = ProcessHandle.of(container.pid()).orElseThrow().parent().orElseThrow();
      assertThat(runtime.destroyForcibly()).isTrue();
      assertThat(container.waitFor()).isEqualTo(137);
      assertThat(HostProcess.beginning(container.pid())).isZero();
    }
  }

  /// Prints both; that of crun has some milliseconds of the script in it.
  @Test
  @Tag("tool")
  @Tag("root")
  void a_start_takes_less_time_than_by_crun() throws Exception {
    Require.root();
    var crun = crun();
    var busybox = Busyboxes.in(folder);
    var bundle = busybox.bundle("true");
    var runner = busybox.runner();
    median(() -> runner.run(bundle, Stdio.inherited()));
    long ours = median(() -> runner.run(bundle, Stdio.inherited()));
    long theirs =
        median(() ->
            crun.start(bundle, "ocij-time-" + System.nanoTime(), Stdio.inherited()).waitFor());
    System.out.printf("start of true, median: %d us, crun %d us%n", ours, theirs);
    assertThat(ours).isLessThan(theirs);
  }

  /// crun refuses a machine with control groups of both versions; so it does not see the second.
  private ExternalRuntime crun() throws IOException {
    var script =
        """
        #!/bin/sh
        exec unshare -m sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec %s "$@"' crun "$@"
        """
            .formatted(Tool.required("crun").program());
    var file = Files.writeString(folder.resolve("crun"), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new ExternalRuntime(file.toString());
  }

  private static long median(Callable<Integer> start) {
    var times =
        IntStream.range(0, ROUNDS).mapToLong(_ -> microseconds(start)).sorted().boxed().toList();
    return List.copyOf(times).get(ROUNDS / 2);
  }

  private static long microseconds(Callable<Integer> start) {
    try {
      long before = System.nanoTime();
      assertThat(start.call()).isZero();
      return (System.nanoTime() - before) / 1000;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
