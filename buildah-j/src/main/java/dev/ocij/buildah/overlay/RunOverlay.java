package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreeDiff;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.Bundle;
import dev.ocij.store.Snapshots;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A tree on disk for one RUN: the snapshots of the layers below, and an upper directory for what
/// the command changes. The kernel puts them together where the container is started; nothing is
/// mounted here.
///
/// Closing removes it, but for what was adopted as a snapshot.
public final class RunOverlay implements Closeable {
  private final Path directory;
  private final List<Path> lowers;
  private final UnpackRules rules;

  private RunOverlay(Path directory, List<Path> lowers, UnpackRules rules) {
    this.directory = directory;
    this.lowers = lowers;
    this.rules = rules;
  }

  /// Unpacks the layers where that was not done before.
  ///
  /// @param directory exists, empty, on the file system of the snapshots
  public static RunOverlay open(
      Path directory, List<StageLayer> layers, Snapshots snapshots, UnpackRules rules)
      throws IOException {
    for (var name : List.of("empty", "upper", "work", "rootfs")) {
      Files.createDirectory(directory.resolve(name));
    }
    var lowers =
        snapshots.lowers(
            layers.stream()
                .map(layer -> new Snapshots.Source(layer.diffId(), () -> StageLayers.open(layer)))
                .toList());
    return new RunOverlay(
        directory, lowers.isEmpty() ? List.of(directory.resolve("empty")) : lowers, rules);
  }

  /// Where the tree appears in the container's mount namespace.
  public Path rootfs() {
    return directory.resolve("rootfs");
  }

  public Path directory() {
    return directory;
  }

  public Bundle.Overlay mount() {
    return new Bundle.Overlay(lowers, upper(), directory.resolve("work"));
  }

  /// What the command changed, when it has ended.
  ///
  /// @param mountPoints what was made only because something was mounted on it
  public Changes changes(LayeredTree below, List<String> mountPoints) throws IOException {
    var changes = TreeDiff.ofUpper(upper(), rules, below);
    var made = mountPoints.stream().map(RunOverlay::relative).toList();
    var kept = changes.entries().stream().filter(entry -> !isEmptyMountPoint(entry, made)).toList();
    return new Changes(changes.tree(), kept);
  }

  /// The upper directory, to be taken as the snapshot of the layer that was made from it.
  public Path upper() {
    return directory.resolve("upper");
  }

  @Override
  public void close() throws IOException {
    Trees.delete(directory);
  }

  private static boolean isEmptyMountPoint(Entry entry, List<String> made) {
    return made.contains(entry.path()) && (entry.isDirectory() || entry.size() == 0);
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
