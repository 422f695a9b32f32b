package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of `podman-j run` and RUN where less is allowed than to root: for users, and for
/// root in a container that has only the powers that Docker gives.
@Tag("distribution")
@Tag("namespace")
class RunElsewhereTest {
  private static final String DOCKER_S =
      "-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,+setfcap,+setpcap,"
          + "+net_bind_service,+sys_chroot,+kill,+audit_write";

  @TempDir Path folder;

  @Test
  void with_subordinate_ids_each_user_of_the_image_exists() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var script =
          "id -un; touch /tmp/x; ls -n /tmp/x | tr -s ' ' | cut -d' ' -f3; hostname | wc -c";
      var outcome = run(user, store, List.of("--rm", "-u", "someone"), script).succeeded();
      assertThat(outcome.stdout()).isEqualTo("someone\n1000\n13\n");
      assertThat(store.containers().toFile().list()).containsExactly(".lock");
    }
  }

  @Test
  void with_one_id_there_is_root_alone() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var outcome =
          run(user, store, List.of("--rm", "-v", "kept:/v"), "id -u; touch /etc/x /v/y")
              .succeeded();
      assertThat(outcome.stdout()).isEqualTo("0\n");
      assertThat(user.home().resolve("store/volumes/kept/_data/y")).exists();
      assertThat(store.containers().toFile().list()).containsExactly(".lock");
    }
  }

  @Test
  void without_user_namespaces_the_remedy_is_named() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var line = new ArrayList<>(List.of("env", "OCIJ_USERNS=off"));
      line.addAll(List.of(BusyboxStore.of(user).runLine(List.of("--rm"), "true")));
      var outcome = user.run(line.toArray(String[]::new));
      assertThat(outcome.status()).isEqualTo(125);
      assertThat(outcome.stderr())
          .startsWith("Error: start a container: namespaces cannot be made")
          .contains("unshare --user");
    }
  }

  @Test
  @Tag("root")
  void where_mounts_are_forbidden_a_copied_tree_is_the_root() {
    var outcome =
        confined(List.of("--rm", "-u", "someone"), "sh", "-c", "id -un; test -c /dev/null; exit 4");
    assertThat(outcome.stdout()).isEqualTo("someone\n");
    assertThat(outcome.status()).isEqualTo(4);
    var hosts = confined(List.of("--rm", "--add-host", "db:192.0.2.1"), "cat", "/etc/hosts");
    assertThat(hosts.succeeded().stdout()).contains("192.0.2.1\tdb\n");
    assertThat(folder.resolve("store/containers").toFile().list()).containsExactly(".lock");
  }

  @ParameterizedTest
  @Tag("root")
  @CsvSource(
      textBlock =
          """
          -v x:/data,         a mount on \"/data\"
          --tmpfs /data,      a mount on \"/data\"
          --read-only --read-only-tmpfs=false, a read-only root file system
          --network none,     a network of the container's own
          --hostname box,     a hostname of its own
          -t,                 a terminal
          """)
  void what_needs_mounts_is_refused_where_they_are_forbidden(String options, String what) {
    var all = new ArrayList<>(List.of("--rm"));
    all.addAll(List.of(options.split(" ")));
    var outcome = confined(all, "true");
    assertThat(outcome.stderr())
        .isEqualTo(
            "Error: start the container: %s needs namespaces and mounts, which are forbidden here\n"
                .formatted(what.replace("\\", "")));
    assertThat(outcome.status()).isEqualTo(125);
  }

  @Test
  @Tag("root")
  void run_makes_the_same_layer_on_a_copied_tree() throws IOException {
    Require.root();
    var store = BusyboxStore.in(folder);
    Files.writeString(
        folder.resolve("Containerfile"),
        """
        FROM %s
        RUN echo new >/etc/new && rm /etc/group && mkdir -p /a/b && chown 1000:50 /a/b
        RUN ln /etc/new /a/b/link && rm -r /home
        """
            .formatted(store.image()));
    var free = layers("free", List.of());
    var confined = layers("confined", setpriv());
    assertThat(confined).isEqualTo(free);
    assertThat(free)
        .contains("etc/.wh.group", "a/b/link", ".wh.home")
        .doesNotContain("resolv.conf", "dev/null");
  }

  /// The listing of the layers that a build adds.
  private String layers(String name, List<String> prefix) {
    var output = folder.resolve(name);
    var line = new ArrayList<>(prefix);
    line.addAll(
        List.of(
            Launcher.BUILDAH_J.distribution().resolve("bin/buildah-j").toString(),
            "--root",
            folder.resolve("store-" + name).toString(),
            "build",
            "--timestamp",
            "0",
            "-t",
            "oci:" + output + ":x",
            folder.toString()));
    Run.of(line).in(folder).outcome().succeeded();
    return Tool.required("sh")
        .output(
            "-c",
            "cd '%s/blobs/sha256' && for f in $(ls -S); do tar -tvf $f 2>/dev/null; done | grep -v bin/ | sort"
                .formatted(output));
  }

  private Outcome confined(List<String> options, String... words) {
    Require.root();
    var store = BusyboxStore.in(folder);
    var line = new ArrayList<>(setpriv());
    line.addAll(List.of(store.runLine(options, words)));
    return Run.of(line).in(folder).outcome();
  }

  private static List<String> setpriv() {
    return List.of(
        Tool.required("setpriv").program().toString(),
        "--bounding-set=" + DOCKER_S,
        "--inh-caps=-all",
        "--");
  }

  private static Outcome run(
      OrdinaryUser user, BusyboxStore store, List<String> options, String script) {
    return user.run(store.runLine(options, "sh", "-c", script));
  }
}
