package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that files in `/etc/cdi` describe, for RUN, for builds, and for containers.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class DescribedDeviceTest {
  private static final String SEEN = "head -c 3 /dev/nought | wc -c; cat /lent/file; echo $LENT";

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Tool.required("unshare");
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(Files.createDirectory(folder.resolve("lent")).resolve("file"), "lent\n");
    Files.writeString(
        Files.createDirectories(folder.resolve("etc/cdi")).resolve("vendor.yaml"),
        """
        cdiVersion: "0.6.0"
        kind: vendor.com/class
        devices:
        - name: one
          containerEdits:
            env: [LENT=variable]
            deviceNodes: [{path: /dev/nought, hostPath: /dev/zero}]
            mounts: [{hostPath: %s, containerPath: /lent, options: [ro, rbind]}]
        """
            .formatted(folder.resolve("lent")));
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @Test
  void a_step_gets_what_it_asks_for_and_what_is_granted() throws IOException {
    containerfile("RUN --device=vendor.com/class=one,required " + SEEN, "RUN test ! -e /lent/file");
    assertThat(build().failed().stderr())
        .contains("Containerfile:2:1: RUN --device=vendor.com/class=one is not granted; build with")
        .contains("--allow device=vendor.com/class=one");
    for (var grant : List.of("--allow=device", "--allow=device=vendor.com/class=one")) {
      var told = build(grant, "--no-cache").succeeded().stdout();
      assertThat(told.lines()).containsSubsequence("3", "lent", "variable");
    }
    containerfile("RUN --device=vendor.com/class=two test ! -e /dev/nought");
    build().succeeded();
    containerfile("RUN --device=vendor.com/class=two,required true");
    assertThat(build("--allow=device").failed().stderr())
        .contains(
            "RUN --device=vendor.com/class=two: find device \"vendor.com/class=two\": no file");
  }

  @Test
  void all_steps_get_what_the_build_is_told() throws IOException {
    containerfile("RUN " + SEEN);
    assertThat(build("--device=vendor.com/class=one").succeeded().stdout().lines())
        .containsSubsequence("3", "lent", "variable");
    assertThat(build("--device=vendor.com/class=two").failed().stderr())
        .isEqualTo(
            "Error: find device \"vendor.com/class=two\": no file in /etc/cdi or /var/run/cdi"
                + " describes it\n");
  }

  @Test
  void working_containers_get_it() {
    var base = "oci:" + folder.resolve("base") + ":base";
    var device = "--device=vendor.com/class=one";
    run(Launcher.BUILDAH_J, "from", "--name=a", device, base).succeeded();
    run(Launcher.BUILDAH_J, "from", "--name=b", base).succeeded();
    for (var words : List.of(List.of("run", "a"), List.of("run", device, "b"))) {
      var line = new ArrayList<>(words);
      line.addAll(List.of("--", "sh", "-c", SEEN));
      assertThat(run(Launcher.BUILDAH_J, line.toArray(String[]::new)).succeeded().stdout())
          .isEqualTo("3\nlent\nvariable\n");
    }
  }

  @Test
  void containers_of_podman_get_it() {
    var base = "oci:" + folder.resolve("base") + ":base";
    var device = "--device=vendor.com/class=one";
    assertThat(
            run(Launcher.PODMAN_J, "run", "--rm", device, base, "sh", "-c", SEEN)
                .succeeded()
                .stdout())
        .isEqualTo("3\nlent\nvariable\n");
    assertThat(run(Launcher.PODMAN_J, "run", "--device=v/c=x", base, "true").failed().stderr())
        .contains("find device \"v/c=x\": no file in /etc/cdi or /var/run/cdi describes it");
  }

  private void containerfile(String... lines) throws IOException {
    var text = "FROM oci:%s:base\n".formatted(folder.resolve("base")) + String.join("\n", lines);
    Files.writeString(folder.resolve("context/Containerfile"), text + "\n");
  }

  private Outcome build(String... options) {
    var line = new ArrayList<>(List.of("build"));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    return run(Launcher.BUILDAH_J, line.toArray(String[]::new));
  }

  /// With a folder `cdi` in an `/etc` that nobody else sees.
  private Outcome run(Launcher launcher, String... words) {
    var script =
        "mount -t overlay -o lowerdir=%s:/etc overlay /etc && exec \"$@\""
            .formatted(folder.resolve("etc"));
    var line = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
    line.addAll(List.of(launcher.script().toString(), "--root=" + folder.resolve("store")));
    line.addAll(List.of(words));
    return Run.of(line).in(folder).outcome();
  }
}
