package dev.ocij.store;

import dev.ocij.linux.Directory;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/// Removes trees from a directory of snapshots, of which nobody may use any then.
///
/// @param snapshots which need not be there
public record SnapshotPrune(Path snapshots) {
  /// Removes the trees of all rules, but for some, and what processes that died have left
  /// half-made.
  ///
  /// @param kept chain ids
  public void removeAllBut(Set<Digest> kept) throws IOException {
    for (var rules : folders(snapshots)) {
      for (var algorithm : Digest.Algorithm.values()) {
        var trees = rules.resolve(algorithm.prefix());
        if (Files.isDirectory(trees)) {
          PendingSnapshot.sweep(trees);
          removeTrees(trees, algorithm, kept);
        }
      }
    }
  }

  private static void removeTrees(Path trees, Digest.Algorithm algorithm, Set<Digest> kept)
      throws IOException {
    for (var tree : folders(trees)) {
      var name = String.valueOf(tree.getFileName());
      if (algorithm.isHex(name) && !kept.contains(new Digest(algorithm, name))) {
        remove(tree);
      }
    }
  }

  /// Under another name first, so that nobody takes for whole what is half gone.
  private static void remove(Path tree) throws IOException {
    var pending = tree.resolveSibling(PendingSnapshot.PREFIX + tree.getFileName());
    Files.move(tree, pending, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = Directory.open(tree.resolveSibling(""))) {
      parent.deleteTree(String.valueOf(pending.getFileName()));
    }
  }

  private static List<Path> folders(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var all = Files.list(directory)) {
      return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }
}
