package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.Architecture;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.runtime.Seccomp;
import dev.ocij.runtime.SeccompFilter;
import dev.ocij.testing.Require;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The least isolation: a root directory, no namespace, no mount.
@Tag("root")
class ChrootTest {
  @TempDir Path folder;
  private Busyboxes busybox;

  @BeforeEach
  void prepare() {
    Require.root();
    var here = Busyboxes.in(folder);
    var host = here.host();
    busybox =
        here.on(
            new Host(
                Confinement.CHROOT,
                host.userNamespace(),
                host.mayCallSetgroups(),
                host.cgroup2(),
                false,
                host.capabilities(),
                host.hardLimits()));
  }

  @Test
  void a_program_runs_in_its_root_as_another_user() {
    var bundle =
        busybox.bundle(
            request -> request.with(draft -> draft.user = "someone"),
            "sh",
            "-c",
            "id -un; pwd; ls /; echo x >/dev/null && echo devices; exit 5");
    var said = busybox.run(bundle);
    assertThat(said.status()).isEqualTo(5);
    assertThat(said.out())
        .isEqualTo("someone\n/\nbin\ndev\netc\nhome\nproc\nroot\nsys\ntmp\nvar\ndevices\n");
  }

  @Test
  void it_sees_no_mounts_and_tells_what_it_made() {
    var container =
        busybox.runner().start(busybox.bundle("test", "!", "-e", "/proc/self"), Stdio.inherited());
    assertThat(container.waitFor()).isZero();
    assertThat(container.created()).contains("/dev/null", "/dev/tty");
  }

  @Test
  void it_has_no_variable_of_this_process() {
    var own = System.getenv().keySet().stream().filter(name -> !name.matches("PATH|HOME|PWD|_"));
    var seen = busybox.run("env").out().lines().map(line -> line.split("=", 2)[0]).toList();
    assertThat(seen).contains("PATH", "container").doesNotContainAnyElementsOf(own.toList());
  }

  @Test
  void a_missing_program_is_127() {
    assertThatThrownBy(() -> busybox.run("nope")).extracting("exitStatus").isEqualTo(127);
  }

  @Test
  void it_is_what_remains_where_a_filter_forbids_namespaces_and_mounts() throws Exception {
    var probed = new AtomicReference<Isolation>();
    var status = new AtomicInteger(-1);
    var confined =
        new Thread(() -> {
          forbidNamespacesAndMounts();
          // What the other threads may do is another thing.
          var isolation = Isolation.of(new Probe(new LinuxSyscalls()), Machine.here());
          probed.set(isolation);
          status.set(
              Runner.of(isolation)
                  .run(busybox.bundle("sh", "-c", "test ! -e /proc/self"), Stdio.inherited()));
        });
    confined.start();
    confined.join();
    assertThat(probed.get().confinement()).isEqualTo(Confinement.CHROOT);
    assertThat(probed.get().obstacles()).singleElement().asString().contains("--privileged");
    assertThat(status).hasValue(0);
  }

  /// As Docker does for its containers; only this thread and those it starts are concerned.
  private static void forbidNamespacesAndMounts() {
    var calls = List.of("unshare", "setns", "mount", "fsopen", "open_tree", "move_mount");
    var newMounts = new Seccomp.Argument(0, 0x20000, 0x20000L, "SCMP_CMP_MASKED_EQ");
    var rules =
        List.of(
            new Seccomp.Rule(calls, "SCMP_ACT_ERRNO", null, List.of()),
            new Seccomp.Rule(List.of("clone"), "SCMP_ACT_ERRNO", null, List.of(newMounts)));
    var filter =
        SeccompFilter.compile(
            new Seccomp("SCMP_ACT_ALLOW", null, List.of(), rules), Architecture.current());
    var installed = SyscallProgram.of(List.of(new InitAction.FilterSystemCalls(filter.bytes())));
    assertThat(new LinuxSyscalls().call(installed.calls().getFirst())).isZero();
  }
}
