package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotPruneTest {
  private static final Digest KEPT = Digest.of("kept".getBytes(StandardCharsets.UTF_8));
  private static final Digest OTHER = Digest.of("other".getBytes(StandardCharsets.UTF_8));

  @TempDir Path snapshots;

  @Test
  void takes_all_trees_but_those_that_are_kept() throws IOException {
    var kept = tree(KEPT.hex());
    var other = tree(OTHER.hex());
    new SnapshotPrune(snapshots).removeAllBut(Set.of(KEPT));
    assertThat(kept).isDirectory();
    assertThat(other).doesNotExist();
  }

  @Test
  void takes_what_a_process_left_half_made() throws IOException {
    var left = tree(".tmp-" + KEPT.hex());
    new SnapshotPrune(snapshots).removeAllBut(Set.of(KEPT));
    assertThat(left).doesNotExist();
  }

  @Test
  void leaves_what_somebody_is_making() throws IOException {
    var making = PendingSnapshot.of(tree(".tmp-" + KEPT.hex()).resolveSibling(KEPT.hex()));
    try (var pending = making.orElseThrow()) {
      Files.createDirectory(pending.start().resolve("etc"));
      new SnapshotPrune(snapshots).removeAllBut(Set.of());
      assertThat(pending.pending().resolve("etc")).isDirectory();
    }
  }

  private Path tree(String name) throws IOException {
    var tree = snapshots.resolve("rules/sha256").resolve(name);
    Files.createDirectories(tree.resolve("etc"));
    return tree;
  }
}
