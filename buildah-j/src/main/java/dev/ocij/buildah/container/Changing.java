package dev.ocij.buildah.container;

import dev.ocij.buildah.overlay.MountedOverlay;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.runtime.ownership.KeptOwners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a container as they are now, and how they change: a mounted one changes in its
/// tree, any other by one more layer.
///
/// @param below all layers; of a mounted one the last is what its tree holds at this moment
/// @param mounted null where it is not
record Changing(
    OpenContainer container,
    StageLayers layers,
    List<StageLayer> below,
    @Nullable MountedOverlay mounted) {

  /// A tree whose mount has gone with the session that made it becomes a layer first.
  static Changing of(OpenContainer container, StageLayers layers) throws IOException {
    var overlay = MountedTree.overlay(container.directory());
    if (container.state().mounted() && !overlay.isMounted()) {
      MountedTree.settle(container, layers);
    }
    var blobs = container.images().blobs();
    var below = container.state().layers(blobs);
    if (!container.state().mounted()) {
      return new Changing(container, layers, below, null);
    }
    var changes = overlay.changes(layers.tree(below));
    var all = new ArrayList<>(below);
    if (!changes.isEmpty()) {
      all.add(layers.write(changes::write));
    }
    return new Changing(container, layers, all, overlay);
  }

  void add(StageLayer layer) throws IOException {
    if (mounted == null) {
      container.write(container.state().withLayer(layer));
      return;
    }
    try (var tar = StageLayers.open(layer)) {
      mounted.apply(tar);
    }
  }

  /// A tree to run a command on.
  ///
  /// @param directory of the run, empty
  RunOverlay open(RunOverlays overlays, Path directory) throws IOException {
    return mounted == null
        ? overlays.open(directory, below)
        : overlays.existing(directory, mounted.rootfs());
  }

  /// Keeps what a command has changed there.
  ///
  /// @param owners of links and pipes, where they stand in a record only
  /// @param mountPoints what was made only because something was mounted on it
  void keep(RunOverlay changed, RunOverlays overlays, KeptOwners owners, List<String> mountPoints)
      throws IOException {
    if (mounted != null) {
      mounted.removeMountPoints(mountPoints, layers.tree(below));
      return;
    }
    var layer = overlays.take(changed, layers, below, mountPoints, owners, entry -> entry);
    if (layer.isPresent()) {
      add(layer.get());
    }
  }
}
