package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.testing.Require;
import java.nio.file.Path;
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
  void a_missing_program_is_127() {
    assertThatThrownBy(() -> busybox.run("nope")).extracting("exitStatus").isEqualTo(127);
  }
}
