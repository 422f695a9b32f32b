package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `build --runtime`: crun does what RUN says, and the image is the same.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class RunByRuntimeTest {
  private static final String TEXT =
      """
      FROM oci:base:base
      WORKDIR /w
      RUN id -u >/by && mkdir -p /a/b && chown 33:8 /a/b && rm /etc/group && echo x >>/etc/passwd
      RUN --mount=type=tmpfs,target=/new/mount test -d /new/mount && echo y >/y
      COPY f /f
      RUN cat /f >g && rm -r /a
      USER someone
      RUN id -u >/tmp/me
      """;

  @Test
  void the_image_is_the_same_as_root() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("runtime")) {
      prepare(folder.path());
      same(folder.path(), line -> Run.of(line).in(folder.path()).outcome());
    }
  }

  @Test
  void the_image_is_the_same_as_a_user_with_subordinate_ids() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withSubordinateIds()) {
      prepare(user.home());
      own(user);
      same(user.home(), line -> user.run(line.toArray(String[]::new)));
    }
  }

  @Test
  void where_owners_stand_in_a_record_it_is_refused() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      prepare(user.home());
      own(user);
      var line = line("--runtime=" + user.home().resolve("crun"));
      assertThat(user.run(line.toArray(String[]::new)).failed().stderr())
          .contains("--runtime: only one user id is mapped, and owners stand in a record");
    }
  }

  private static void same(Path home, Function<List<String>, Outcome> run) throws IOException {
    var ours = run.apply(line()).succeeded();
    var runtime = "--runtime=" + home.resolve("crun");
    var flag = "--runtime-flag=cgroup-manager=disabled";
    var theirs = run.apply(line(runtime, flag)).succeeded();
    assertThat(theirs.stdout()).isEqualTo(ours.stdout()).hasSize(64 + 1);
    assertThat(Files.readAllLines(home.resolve("started")))
        .hasSize(4)
        .allMatch(line -> line.startsWith("--cgroup-manager=disabled --root="))
        .allMatch(line -> line.contains(" run --bundle="));
    Files.writeString(home.resolve("Containerfile"), "FROM oci:base:base\nRUN exit 3\n");
    assertThat(run.apply(line(runtime, flag)).status()).isEqualTo(3);
    Files.writeString(home.resolve("Containerfile"), "FROM oci:base:base\nRUN [\"/none\"]\n");
    assertThat(run.apply(line(runtime, flag)).failed().stderr()).contains("run by ", "/none");
    assertThat(run.apply(line("--runtime=/no/crun")).failed().stderr())
        .contains("run by \"/no/crun\": it ended with status 127");
    Files.delete(home.resolve("started"));
    run.apply(line(runtime, "--isolation=chroot")).failed();
    assertThat(home.resolve("started")).doesNotExist();
    try (var left = Files.list(home.resolve("store/containers"))) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsOnly(".lock");
    }
  }

  private static List<String> line(String... options) {
    var line = new ArrayList<>(List.of("sh", "dist/bin/buildah-j", "--root", "store", "build"));
    line.addAll(List.of("--quiet", "--timestamp=1", "--no-cache"));
    line.addAll(List.of(options));
    line.addAll(List.of("-f", "Containerfile", "context"));
    return line;
  }

  private static void prepare(Path home) throws IOException {
    var crun = home.resolve("crun");
    Tool.required("crun");
    Busybox.required().writeLayout(home.resolve("base"), "base");
    Tool.required("cp")
        .run("-r", Launcher.BUILDAH_J.distribution().toString(), home.resolve("dist").toString())
        .succeeded();
    Files.writeString(Files.createDirectory(home.resolve("context")).resolve("f"), "f\n");
    Files.writeString(home.resolve("Containerfile"), TEXT);
    // crun refuses a machine with control groups of both versions; so it does not see the second.
    Files.writeString(
        crun,
        """
        #!/bin/sh
        echo "$@" >>%s
        exec unshare -m sh -c '
          test ! -e /sys/fs/cgroup/unified || mount -t tmpfs none /sys/fs/cgroup/unified
          exec crun "$@"' crun "$@"
        """
            .formatted(home.resolve("started")));
    assertThat(crun.toFile().setExecutable(true, false)).isTrue();
  }

  private static void own(OrdinaryUser user) {
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
  }
}
