package dev.ocij.buildah.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.TreeDiff;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.ownership.KeptOwners;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.Digest;
import dev.ocij.spec.RootFs;
import dev.ocij.store.ShiftedTrees;
import dev.ocij.store.Snapshots;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the trees of containers: overlays where the kernel mounts them, else copies.
public final class RunOverlays {
  private final UnpackRules rules = UnpackRules.ofThisProcess();
  private final Snapshots snapshots;
  private final Isolation isolation;
  private final Store store;
  private final @Nullable IdMaps ids;
  private @Nullable Boolean mounted;

  public RunOverlays(Store store, Isolation isolation) {
    this(store, isolation, null);
  }

  /// @param ids of a user namespace that the containers have; null for that of this process
  public RunOverlays(Store store, Isolation isolation, @Nullable IdMaps ids) {
    this.store = store;
    this.ids = ids;
    this.snapshots = Snapshots.of(store.snapshots(), rules);
    this.isolation = isolation;
  }

  /// A tree of these layers, which are unpacked where that was not done before.
  ///
  /// @param directory exists, empty, on the file system of the snapshots
  public RunOverlay open(Path directory, List<StageLayer> layers) throws IOException {
    var below = below(layers);
    var overlay = KernelOverlay.prepare(directory, below);
    return mounts(overlay) ? overlay : CopiedTree.copy(directory, below, isolation.allowsMounts());
  }

  /// As [#open], for somebody who cannot mount: always a copy.
  public RunOverlay copy(Path directory, List<StageLayer> layers) throws IOException {
    var below = below(layers);
    KernelOverlay.prepare(directory, below);
    return CopiedTree.copy(directory, below, isolation.allowsMounts());
  }

  /// A tree that is there already; the container changes it itself.
  ///
  /// @param directory of the container, for all else
  public RunOverlay existing(Path directory, Path rootfs) {
    return new GivenTree(directory, rootfs, isolation.allowsMounts());
  }

  /// The layers unpacked, as one tree to read.
  public StackedFolders below(List<StageLayer> layers) throws IOException {
    var sources =
        layers.stream()
            .map(layer -> new Snapshots.Source(layer.diffId(), () -> StageLayers.open(layer)))
            .toList();
    var unpacked = new StackedFolders(snapshots.lowers(sources), rules);
    return ids == null || layers.isEmpty() ? unpacked : shifted(ids, layers, unpacked);
  }

  private StackedFolders shifted(IdMaps maps, List<StageLayer> layers, StackedFolders unpacked)
      throws IOException {
    var kind = (rules.whiteouts() + "-").toLowerCase(Locale.ROOT);
    var key = kind + Digest.of(maps.toString().getBytes(UTF_8)).hex();
    var chainIds = RootFs.of(layers.stream().map(StageLayer::diffId).toList()).chainIds();
    return new ShiftedTrees(
            store.snapshots(),
            key,
            owner -> new Owner(maps.uid(owner.uid()), maps.gid(owner.gid())))
        .of(chainIds.getLast(), unpacked);
  }

  /// The layer of what a container has changed, which it leaves as a snapshot too; empty where that
  /// is nothing.
  ///
  /// @param below the layers that it stood on
  /// @param mountPoints what was made only because something was mounted on it
  /// @param owners of links and pipes, where they stand in a record only
  /// @param stamp the last change of each entry
  public Optional<StageLayer> take(
      RunOverlay changed,
      StageLayers layers,
      List<StageLayer> below,
      List<String> mountPoints,
      KeptOwners owners,
      UnaryOperator<Entry> stamp)
      throws IOException {
    var changes =
        changed
            .changes(layers.tree(below), mountPoints)
            .owned((entry, status) -> owners.of(entry, status).orElse(null))
            .map(stamp);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    var layer = layers.write(changes::write);
    var diffIds = Stream.concat(below.stream(), Stream.of(layer)).map(StageLayer::diffId);
    adopt(diffIds.toList(), changed);
    return Optional.of(layer);
  }

  /// The layer of what a container has changed that goes on; empty where that is nothing.
  ///
  /// @param upper what its overlay writes to
  /// @param mounted where something is mounted in it
  public Optional<StageLayer> layer(
      Path upper,
      StageLayers layers,
      List<StageLayer> below,
      List<String> mounted,
      UnaryOperator<Entry> edit)
      throws IOException {
    var tree = layers.tree(below);
    var all = TreeDiff.ofUpper(upper, rules, tree);
    var made = MountPoints.withParents(mounted, path -> tree.lookup(path).isEmpty());
    var changes = all.without(made.in(all, tree)).map(edit);
    return changes.isEmpty() ? Optional.empty() : Optional.of(layers.write(changes::write));
  }

  /// Keeps what a container changed as the snapshot of the layer that was made of it.
  ///
  /// @param diffIds of all layers, that one the last
  private void adopt(List<Digest> diffIds, RunOverlay changed) throws IOException {
    var snapshot = changed.snapshot();
    if (snapshot.isPresent()) {
      snapshots.adopt(diffIds, snapshot.get());
    }
  }

  /// Asked once: all trees of a store are on one file system.
  private synchronized boolean mounts(KernelOverlay overlay) {
    if (mounted == null) {
      mounted = isolation.mounts(overlay.mount(), overlay.rootfs());
    }
    return mounted;
  }
}
