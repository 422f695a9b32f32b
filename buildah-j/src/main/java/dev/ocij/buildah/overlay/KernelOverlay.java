package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.TreeDiff;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RootFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The snapshots of the layers below, and an upper directory for what the container changes. The
/// kernel puts them together where the container is started; nothing is mounted here.
///
/// @param below at least one folder
record KernelOverlay(Path directory, StackedFolders below) implements RunOverlay {
  /// @param directory exists, empty, on the file system of the snapshots
  static KernelOverlay prepare(Path directory, StackedFolders below) throws IOException {
    for (var name : List.of("empty", "upper", "work", "rootfs")) {
      Files.createDirectory(directory.resolve(name));
    }
    return new KernelOverlay(
        directory,
        below.folders().isEmpty()
            ? new StackedFolders(List.of(directory.resolve("empty")), below.rules())
            : below);
  }

  @Override
  public Path rootfs() {
    return directory.resolve("rootfs");
  }

  @Override
  public RootFiles files() {
    return below::read;
  }

  Bundle.Overlay mount() {
    return new Bundle.Overlay(below.folders(), upper(), directory.resolve("work"));
  }

  @Override
  public List<Mount> provide(Map<String, byte[]> files) throws IOException {
    return ProvidedFiles.bind(directory, files);
  }

  @Override
  public Bundle under(Bundle bundle) {
    return bundle.withOverlay(mount());
  }

  @Override
  public Changes changes(LayeredTree tree, List<String> mountPoints) throws IOException {
    return ProvidedFiles.without(TreeDiff.ofUpper(upper(), below.rules(), tree), mountPoints);
  }

  @Override
  public Optional<Path> snapshot() {
    return Optional.of(upper());
  }

  private Path upper() {
    return directory.resolve("upper");
  }
}
