package dev.ocij.buildah.container;

import dev.ocij.buildah.overlay.MountedOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.overlay.Trees;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Path;

/// The tree of a container that somebody works on, until it is unmounted: `mount` and `umount`.
public record MountedTree(OpenContainer container) {
  private static final String TREE = "tree";

  /// Mounts the container's tree, which stays where it is when it is mounted already.
  ///
  /// @return where it is
  public Path mount() throws IOException {
    var layers = new StageLayers(container.images().blobs());
    Changing.of(container, layers);
    var overlay = overlay(container.directory());
    if (!container.state().mounted()) {
      var below = container.state().layers(container.images().blobs());
      var overlays = new RunOverlays(container.store(), Isolation.probe());
      overlay.mount(overlays, below);
      container.write(container.state().with(draft -> draft.mounted = true));
    }
    return overlay.rootfs();
  }

  /// Makes a layer of what was changed, and ends the mount.
  ///
  /// @return whether there was one
  public boolean unmount() throws IOException {
    if (!container.state().mounted()) {
      return false;
    }
    unmount(container.directory());
    settle(container, new StageLayers(container.images().blobs()));
    return true;
  }

  /// Whether the container is mounted where this process sees it.
  public static boolean isMounted(WorkingContainer container, Store store) {
    return container.mounted() && overlay(OpenContainer.directory(store, container)).isMounted();
  }

  /// Where a container's tree is, if it has one.
  public static Path place(WorkingContainer container, Store store) {
    return overlay(OpenContainer.directory(store, container)).rootfs();
  }

  static MountedOverlay overlay(Path directory) {
    return new MountedOverlay(directory.resolve(TREE));
  }

  /// Ends a mount, and forgets nothing.
  static void unmount(Path directory) {
    overlay(directory).unmount();
  }

  /// Makes a layer of what was changed in a tree that nobody has mounted any more.
  static void settle(OpenContainer container, StageLayers layers) throws IOException {
    var overlay = overlay(container.directory());
    var below = layers.tree(container.state().layers(container.images().blobs()));
    var changes = overlay.changes(below);
    var state = container.state().with(draft -> draft.mounted = false);
    container.write(changes.isEmpty() ? state : state.withLayer(layers.write(changes::write)));
    Trees.delete(overlay.directory());
  }
}
