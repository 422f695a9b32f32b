package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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
      same(RuntimeHome.of(folder.path()));
    }
  }

  @Test
  void the_image_is_the_same_as_a_user_with_subordinate_ids() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withSubordinateIds()) {
      same(RuntimeHome.of(user));
    }
  }

  @Test
  void where_owners_stand_in_a_record_it_is_refused() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var home = RuntimeHome.of(user);
      write(home, TEXT);
      assertThat(build(home, home.runtime()).failed().stderr())
          .contains("--runtime: only one user id is mapped, and owners stand in a record");
    }
  }

  @Test
  void where_nothing_can_be_mounted_it_is_refused() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("runtime")) {
      var home = RuntimeHome.of(folder.path());
      write(home, TEXT);
      assertThat(build(home.bounded(), home.runtime()).failed().stderr())
          .contains("--runtime needs namespaces and mounts, which are forbidden here: ");
    }
  }

  private static void same(RuntimeHome home) throws IOException {
    write(home, TEXT);
    var ours = build(home).succeeded();
    var theirs = build(home, home.runtime(), RuntimeHome.FLAG).succeeded();
    assertThat(theirs.stdout()).isEqualTo(ours.stdout()).hasSize(64 + 1);
    assertThat(home.starts())
        .hasSize(4)
        .allMatch(line -> line.startsWith("--cgroup-manager=disabled --root="))
        .allMatch(line -> line.contains(" run --bundle="));
    write(home, "FROM oci:base:base\nRUN exit 3\n");
    assertThat(build(home, home.runtime(), RuntimeHome.FLAG).status()).isEqualTo(3);
    write(home, "FROM oci:base:base\nRUN [\"/none\"]\n");
    assertThat(build(home, home.runtime(), RuntimeHome.FLAG).failed().stderr())
        .contains("run by ", "/none");
    assertThat(build(home, "--runtime=/no/crun").failed().stderr())
        .contains("run by \"/no/crun\": it ended with status 127");
    home.forgetStarts();
    build(home, home.runtime(), "--isolation=chroot").failed();
    assertThat(home.starts()).isEmpty();
    try (var left = Files.list(home.path().resolve("store/containers"))) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsOnly(".lock");
    }
  }

  private static Outcome build(RuntimeHome home, String... options) {
    var arguments = new ArrayList<>(List.of("build", "--quiet", "--timestamp=1", "--no-cache"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-f", "Containerfile", "context"));
    return home.buildah(arguments.toArray(String[]::new));
  }

  private static void write(RuntimeHome home, String text) throws IOException {
    Files.createDirectories(home.path().resolve("context"));
    Files.writeString(home.path().resolve("context/f"), "f\n");
    Files.writeString(home.path().resolve("Containerfile"), text);
  }
}
