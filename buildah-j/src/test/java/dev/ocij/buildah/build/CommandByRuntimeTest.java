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

/// `run --runtime`: crun runs commands of working containers, and what they change is the same.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class CommandByRuntimeTest {
  private static final String FIRST =
      "id -u >/by && mkdir -p /a/b && chown 33:8 /a/b && rm /etc/group && echo x >>/etc/passwd";
  private static final String SECOND = "test -d /new/mount && echo y >/y && rm /by";
  private static final String LISTING =
      "find / -path /proc -prune -o -path /sys -prune -o -path /dev -prune -o"
          + " -exec stat -c '%n %u:%g %a %s' {} + | sort";

  @Test
  void what_it_changes_is_the_same_as_root() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("runtime")) {
      same(RuntimeHome.of(folder.path()));
    }
  }

  @Test
  void what_it_changes_is_the_same_as_a_user_with_subordinate_ids() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withSubordinateIds()) {
      same(RuntimeHome.of(user));
    }
  }

  @Test
  void a_mounted_container_is_changed_in_its_tree() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("runtime")) {
      var home = RuntimeHome.of(folder.path());
      from(home, "c");
      var tree = home.buildah("mount", "c").succeeded().stdout().strip();
      byRuntime(home, "--mount=type=tmpfs,target=/new/mount", "c", "touch", "/made").succeeded();
      assertThat(Files.exists(folder.path().resolve(tree).resolve("made"))).isTrue();
      assertThat(Files.exists(folder.path().resolve(tree).resolve("new"))).isFalse();
      home.buildah("umount", "c").succeeded();
      assertThat(home.starts()).hasSize(1);
    }
  }

  @Test
  void where_owners_stand_in_a_record_it_is_refused() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var home = RuntimeHome.of(user);
      from(home, "c");
      var refused = byRuntime(home, "c", "true");
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.stderr())
          .startsWith("Error: --runtime: only one user id is mapped, and owners stand in a record");
      assertThat(home.starts()).isEmpty();
      home.buildah("run", "c", "true").succeeded();
    }
  }

  @Test
  void where_nothing_can_be_mounted_it_is_refused() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("runtime")) {
      var home = RuntimeHome.of(folder.path());
      from(home, "c");
      var refused = byRuntime(home.bounded(), "c", "true");
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.stderr())
          .startsWith("Error: --runtime needs namespaces and mounts, which are forbidden here: ");
      assertThat(home.starts()).isEmpty();
    }
  }

  private static void same(RuntimeHome home) throws IOException {
    from(home, "ours");
    from(home, "crun");
    var mount = "--mount=type=tmpfs,target=/new/mount";
    home.buildah("run", "ours", "sh", "-c", FIRST).succeeded();
    home.buildah("run", mount, "ours", "sh", "-c", SECOND).succeeded();
    byRuntime(home, "crun", "sh", "-c", FIRST).succeeded();
    byRuntime(home, mount, "crun", "sh", "-c", SECOND).succeeded();
    assertThat(home.starts())
        .hasSize(2)
        .allMatch(line -> line.startsWith("--cgroup-manager=disabled --root="))
        .allMatch(line -> line.contains(" run --bundle="));
    assertThat(listing(home, "crun")).contains("/a/b 33:8 755").isEqualTo(listing(home, "ours"));
    statuses(home);
    home.forgetStarts();
    byRuntime(home, "--isolation=chroot", "crun", "true").succeeded();
    assertThat(home.starts()).isEmpty();
    home.buildah("rm", "ours", "crun").succeeded();
    try (var left = Files.list(home.path().resolve("store/containers"))) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsOnly(".lock");
    }
  }

  private static void statuses(RuntimeHome home) {
    var said = byRuntime(home, "--user=someone", "crun", "sh", "-c", "id -u; exit 7");
    assertThat(said.status()).isEqualTo(7);
    assertThat(said.stdout()).isEqualTo("1000\n");
    var missing = byRuntime(home, "crun", "/none");
    assertThat(missing.status()).isEqualTo(1);
    // The runtime says it first, where the command would.
    assertThat(missing.stderr()).contains("Error: run by ", "executable file `/none` not found");
    assertThat(home.buildah("run", "--runtime=/no/crun", "crun", "true").failed().stderr())
        .endsWith("Error: run by \"/no/crun\": it ended with status 127\n");
  }

  private static String listing(RuntimeHome home, String container) {
    return home.buildah("run", container, "sh", "-c", LISTING).succeeded().stdout();
  }

  private static void from(RuntimeHome home, String name) {
    home.buildah("from", "--name", name, "oci:base:base").succeeded();
  }

  private static Outcome byRuntime(RuntimeHome home, String... words) {
    var line = new ArrayList<>(List.of("run", home.runtime(), RuntimeHome.FLAG));
    line.addAll(List.of(words));
    return home.buildah(line.toArray(String[]::new));
  }
}
