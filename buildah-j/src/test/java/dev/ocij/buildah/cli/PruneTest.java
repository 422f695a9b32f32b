package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  @TempDir private Path folder;
  private InProcess buildah;
  private Path steps;
  private Path mounts;
  private Path snapshots;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    steps = folder.resolve("store/cache/steps");
    mounts = Files.createDirectories(folder.resolve("store/cache/mounts"));
    snapshots = Files.createDirectories(folder.resolve("store/snapshots/kind/sha256"));
    Files.writeString(folder.resolve("file"), "content");
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nCOPY file /\n");
    buildah.output("build", "-q", "-t", "app", folder.toString());
    mount("old", 30);
    mount("new", 0);
    Files.createDirectory(snapshots.resolve("0".repeat(64)));
  }

  @Test
  void what_was_not_used_for_a_week_goes() throws IOException {
    buildah.output("prune");
    assertThat(mounts.resolve("old")).doesNotExist();
    assertThat(mounts.resolve("new")).exists();
    assertThat(steps).isNotEmptyDirectory();
    assertThat(snapshots).isEmptyDirectory();
    assertThat(buildah.output("images", "-q")).isNotEmpty();
  }

  @Test
  void all_of_it_goes() throws IOException {
    buildah.output("prune", "--all");
    assertThat(mounts.resolve("new")).doesNotExist();
    assertThat(steps).isEmptyDirectory();
    assertThat(folder.resolve("store/images/blobs/sha256")).isEmptyDirectory();
  }

  @Test
  void the_oldest_goes_until_the_rest_is_small_enough() {
    buildah.output("prune", "--keep-storage", "5k");
    assertThat(mounts.resolve("old")).doesNotExist();
    assertThat(mounts.resolve("new")).exists();
    buildah.output("prune", "--keep-storage", "1k");
    assertThat(mounts.resolve("new")).doesNotExist();
  }

  @Test
  void a_time_can_be_given() {
    buildah.output("prune", "--filter", "until=1440h");
    assertThat(mounts.resolve("old")).exists();
    buildah.output("prune", "--filter", "until=1h");
    assertThat(mounts.resolve("old")).doesNotExist();
    assertThat(buildah.run("prune", "--filter", "x=1").stderr())
        .isEqualTo("Error: unknown filter \"x=1\": expected until=DURATION\n");
  }

  @Test
  void trees_stay_while_a_container_may_use_them() throws IOException {
    var alive = Files.createDirectories(folder.resolve("store/containers/some"));
    try (var _ = Locks.exclusive(alive.resolve("alive.lock"))) {
      // The lock of this very process counts as anybody's.
      buildah.output("prune", "--all");
    }
    assertThat(snapshots).isNotEmptyDirectory();
    buildah.output("prune", "--all");
    assertThat(snapshots).isEmptyDirectory();
  }

  private void mount(String name, int days) throws IOException {
    var mount = Files.createDirectories(mounts.resolve(name));
    Files.writeString(mount.resolve("content"), "x".repeat(4 << 10));
    var time = Instant.now().minus(Duration.ofDays(days));
    Files.setLastModifiedTime(mount, FileTime.from(time));
  }
}
