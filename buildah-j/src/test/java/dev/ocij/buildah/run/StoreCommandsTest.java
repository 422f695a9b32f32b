package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What images, volumes and the store have to do with containers that were run, by root and by an
/// ordinary user.
@Tag("distribution")
@Tag("namespace")
class StoreCommandsTest {
  @TempDir Path folder;

  /// Runs podman-j on the store of a test.
  private interface Podman {
    Outcome run(String... args);
  }

  @Test
  @Tag("root")
  void root_has_images_volumes_and_containers() throws Exception {
    Require.root();
    var store = BusyboxStore.in(folder);
    use(store, store::podman);
  }

  @Test
  void a_user_with_subordinate_ids_has_images_volumes_and_containers() throws Exception {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      use(store, args -> user.run(store.line(args)));
      assertThat(user.run(store.line("unshare", "id", "-u")).succeeded().stdout()).isEqualTo("0\n");
      assertThat(user.run(store.line("info", "-f", "{{.Host.Security.Rootless}}")).stdout())
          .isEqualTo("true\n");
    }
  }

  private static void use(BusyboxStore store, Podman podman) throws Exception {
    var context = Files.createDirectories(store.folder().resolve("context"));
    Files.writeString(
        context.resolve("Containerfile"),
        "FROM %s\nCOPY --chown=7:7 Containerfile /seven\n".formatted(store.image()));
    podman.run("build", "-q", "-t", "app", context.toString()).succeeded();
    podman.run("volume", "create", "--uid", "1000", "--gid", "1000", "kept").succeeded();
    var run = new ArrayList<>(List.of("run", "--name", "box", "-u", "someone", "-v", "kept:/v"));
    run.addAll(List.of("app", "sh", "-c", "echo hello >/v/f && stat -c %u /seven"));
    assertThat(podman.run(run.toArray(String[]::new)).succeeded().stdout()).isEqualTo("7\n");
    assertThat(podman.run("rmi", "app").status()).isEqualTo(2);
    var tar = store.folder().resolve("v.tar").toString();
    podman.run("volume", "export", "kept", "-o", tar).succeeded();
    podman.run("volume", "create", "copy").succeeded();
    podman.run("volume", "import", "copy", tar).succeeded();
    var script = "stat -c %u /v/f; cat /v/f";
    assertThat(
            podman
                .run("run", "--rm", "-v", "copy:/v", "app", "sh", "-c", script)
                .succeeded()
                .stdout())
        .isEqualTo("1000\nhello\n");
    var archive = store.folder().resolve("app.tar").toString();
    podman.run("save", "-q", "-o", archive, "app").succeeded();
    var pruned = podman.run("system", "prune", "-af", "--volumes").succeeded().stdout();
    assertThat(pruned)
        .contains("Deleted Containers\n", "Deleted Volumes\n", "copy\n", "kept\n", "Deleted Images")
        .containsPattern("Total reclaimed space: [0-9.]+MB\n");
    assertThat(podman.run("load", "-q", "-i", archive).succeeded().stdout())
        .isEqualTo("Loaded image: localhost/app:latest\n");
    assertThat(podman.run("run", "--rm", "app", "stat", "-c", "%u", "/seven").stdout())
        .isEqualTo("7\n");
  }
}
