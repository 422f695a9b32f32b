package dev.ocij.store;

import dev.ocij.image.Blob;
import dev.ocij.image.Parallel;
import dev.ocij.layer.ImpliedDirectories;
import dev.ocij.layer.TarIndex;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.RootFs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Layers unpacked as lower directories of overlays: a cache that any number of processes share.
///
/// A layer is kept by its chain id, not by its diff id: directories that it does not list look as
/// the layers below have them, so one tar can make different trees on different bases. A tree gets
/// its name when it is complete and never changes afterwards.
public final class Snapshots {
  private static final int AT_ONCE = 4;

  /// A layer to unpack.
  ///
  /// @param tar the plain archive, checked against `diffId` while it is unpacked
  public record Source(Digest diffId, Blob.Opener tar) {}

  private record Work(Source layer, PendingSnapshot snapshot) {}

  private final Path root;
  private final UnpackRules rules;

  private Snapshots(Path root, UnpackRules rules) {
    this.root = root;
    this.rules = rules;
  }

  /// The snapshots in this directory, which is made with the first of them, for its owner only.
  /// Trees of different rules stand apart.
  public static Snapshots of(Path directory, UnpackRules rules) {
    var kind = rules.whiteouts() + "-" + rules.ownership();
    return new Snapshots(directory.resolve(kind.toLowerCase(Locale.ROOT)), rules);
  }

  /// The trees of these layers, unpacked where they are missing, several at once.
  ///
  /// @param layers base first
  /// @return the lower directories of an overlay, topmost first
  /// @throws OciException where a layer is malformed or not the one of its diff id; then none of
  ///   the missing ones is kept
  public List<Path> lowers(List<Source> layers) throws IOException {
    var trees =
        RootFs.of(layers.stream().map(Source::diffId).toList()).chainIds().stream()
            .map(this::tree)
            .toList();
    var missing = new ArrayList<Work>();
    try {
      lockMissing(layers, trees, missing);
      var indexes = Parallel.map(missing, AT_ONCE, this::unpack);
      for (int i = 0; i < missing.size(); i++) {
        complete(missing.get(i).snapshot(), indexes.get(i), trees);
      }
    } finally {
      for (var work : missing) {
        work.snapshot().close();
      }
    }
    return trees.reversed();
  }

  /// Takes a tree that an overlay has just changed as the snapshot of its topmost layer, so that it
  /// need not be unpacked again.
  ///
  /// @param diffIds of the layers, base first; the last is the one that was made from `upper`
  /// @param upper in no use any more; moved away, or left where there is such a snapshot already
  public void adopt(List<Digest> diffIds, Path upper) throws IOException {
    var tree = tree(RootFs.of(diffIds).chainIds().getLast());
    createForOwner(tree.resolveSibling(""));
    try {
      Files.move(upper, tree, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another build made the same layer; an atomic move has no exception of its own for that.
      if (!Files.isDirectory(tree)) {
        throw e;
      }
    }
  }

  /// Takes locks from the base upwards: in the order of the chain no two processes wait for each
  /// other.
  private static void lockMissing(List<Source> layers, List<Path> trees, List<Work> missing)
      throws IOException {
    for (int i = 0; i < layers.size(); i++) {
      if (!Files.isDirectory(trees.get(i))) {
        createForOwner(trees.get(i).resolveSibling(""));
        var layer = layers.get(i);
        PendingSnapshot.of(trees.get(i))
            .ifPresent(snapshot -> missing.add(new Work(layer, snapshot)));
      }
    }
  }

  private TarIndex unpack(Work work) throws IOException {
    try (var tar = work.layer().tar().open()) {
      return new Unpacker(rules).unpack(tar, work.layer().diffId(), work.snapshot().start());
    }
  }

  /// The layers below are complete by now.
  private void complete(PendingSnapshot snapshot, TarIndex index, List<Path> trees)
      throws IOException {
    var below = trees.subList(0, trees.indexOf(snapshot.tree())).reversed();
    new ImpliedDirectories(index, rules).adopt(snapshot.pending(), below);
    snapshot.complete();
  }

  private Path tree(Digest chainId) {
    return root.resolve(chainId.algorithm().prefix()).resolve(chainId.hex());
  }

  /// Images hold programs with set-user-id bits: nobody else may reach them.
  private static void createForOwner(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
