package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What scripts ask `inspect` about a container's powers.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class HostConfigTest {
  private static final String ALL =
      "{{.Privileged}} {{.CapAdd}} {{.CapDrop}} {{.SecurityOpt}} {{.PidMode}} {{.IpcMode}}"
          + " {{.UTSMode}} {{len .Tmpfs}} {{.ReadonlyRootfs}}";

  @TempDir Path folder;
  private BusyboxStore store;

  @BeforeEach
  void prepare() {
    Require.root();
    store = BusyboxStore.in(folder);
  }

  @Test
  void tells_what_a_container_may_do() {
    create("usual");
    create("all", "--privileged");
    create("less", "--cap-drop=kill", "--cap-add=sys_time", "--security-opt=no-new-privileges");
    create("open", "--security-opt=seccomp=unconfined", "--pid=host", "--uts=host");
    create("closed", "--read-only", "--read-only-tmpfs=false", "--tmpfs=/t");
    assertThat(inspected("usual")).isEqualTo("false [] [] [] private shareable private 0 false");
    assertThat(inspected("all")).isEqualTo("true [] [] [] private shareable private 0 false");
    assertThat(inspected("less"))
        .isEqualTo(
            "false [CAP_SYS_TIME] [CAP_KILL] [no-new-privileges] private shareable private 0"
                + " false");
    assertThat(inspected("open"))
        .isEqualTo("false [] [] [seccomp=unconfined] host shareable host 0 false");
    assertThat(inspected("closed")).isEqualTo("false [] [] [] private shareable private 1 true");
  }

  private void create(String name, String... options) {
    var line = new ArrayList<>(List.of("create", "--name", name));
    line.addAll(List.of(options));
    line.addAll(List.of(store.image(), "true"));
    store.podman(line.toArray(String[]::new)).succeeded();
  }

  private String inspected(String name) {
    var format = "{{with .HostConfig}}" + ALL + "{{end}}";
    return store.podman("inspect", "--format", format, name).succeeded().stdout().strip();
  }
}
