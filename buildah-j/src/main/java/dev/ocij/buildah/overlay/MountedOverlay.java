package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreeDiff;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.runtime.rootless.HostMounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An overlay that stays mounted between commands, for people to work on.
///
/// @param directory holds it, and what is changed in it
public record MountedOverlay(Path directory) {

  /// Mounts it over these layers.
  ///
  /// @param overlays unpack them where that was not done before
  /// @throws dev.ocij.spec.OciException where the machine forbids that
  public void mount(RunOverlays overlays, List<StageLayer> layers) throws IOException {
    unmount();
    Trees.delete(directory);
    Files.createDirectory(directory);
    var overlay = KernelOverlay.prepare(directory, overlays.below(layers));
    HostMounts.overlay(overlay.mount(), overlay.rootfs());
  }

  /// Where it is mounted.
  public Path rootfs() {
    return directory.resolve("rootfs");
  }

  /// Whether this process sees it.
  public boolean isMounted() {
    return HostMounts.isMounted(rootfs());
  }

  /// Ends the mount where there is one; the changes stay.
  public void unmount() {
    if (isMounted()) {
      HostMounts.unmount(rootfs());
    }
  }

  /// What was changed so far; mounted or not.
  public Changes changes(LayeredTree below) throws IOException {
    return TreeDiff.ofUpper(directory.resolve("upper"), UnpackRules.ofThisProcess(), below);
  }

  /// Makes the changes of a layer in the mounted tree.
  public void apply(InputStream layer) throws IOException {
    var rules =
        new UnpackRules(UnpackRules.Whiteouts.APPLIED, UnpackRules.ofThisProcess().ownership());
    new Unpacker(rules).unpack(layer, rootfs());
  }

  /// Removes the places that were made in the tree for the mounts of a container, as far as they
  /// are empty.
  public void removeMountPoints(List<String> made, LayeredTree below) throws IOException {
    var left = MountPoints.of(made).made(changes(below), below);
    MountPoints.remove(left, rootfs());
  }
}
