package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.TreeSnapshot;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RootFiles;
import dev.ocij.runtime.rootless.DeviceNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A copy of all layers, for where no overlay can be mounted. What the container changes is found
/// by comparing the tree with what it was.
final class CopiedTree implements RunOverlay {
  private final Path directory;
  private final StackedFolders below;
  private final boolean mounts;
  private @Nullable TreeSnapshot before;

  private CopiedTree(Path directory, StackedFolders below, boolean mounts) {
    this.directory = directory;
    this.below = below;
    this.mounts = mounts;
  }

  /// Copies the tree.
  ///
  /// @param directory with an empty `rootfs`
  /// @param mounts whether files can be mounted in the container
  static CopiedTree copy(Path directory, StackedFolders below, boolean mounts) throws IOException {
    var tree = new CopiedTree(directory, below, mounts);
    if (!below.folders().isEmpty()) {
      below.copyTo("", tree.rootfs());
    }
    return tree;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Path rootfs() {
    return directory.resolve("rootfs");
  }

  @Override
  public RootFiles files() {
    return RootFiles.of(rootfs());
  }

  @Override
  public List<Mount> provide(Map<String, byte[]> files) throws IOException {
    if (mounts) {
      return ProvidedFiles.bind(directory, files);
    }
    ProvidedFiles.write(rootfs(), files);
    return List.of();
  }

  @Override
  public List<Mount> provideProgram(String path, byte[] program) throws IOException {
    if (mounts) {
      return ProvidedFiles.bindProgram(directory, path, program);
    }
    ProvidedFiles.writeProgram(rootfs(), path, program);
    return List.of();
  }

  @Override
  public Bundle under(Bundle bundle) throws IOException {
    if (!mounts) {
      DeviceNodes.make(rootfs());
    }
    before = TreeSnapshot.of(rootfs(), below.rules().ownership());
    return bundle;
  }

  @Override
  public Changes changes(LayeredTree tree, List<String> mountPoints) throws IOException {
    var all = Objects.requireNonNull(before, "changes before the start").changes();
    return all.without(MountPoints.of(mountPoints).in(all, tree));
  }

  /// None: the tree holds more than one layer, and files that belong to none.
  @Override
  public Optional<Path> snapshot() {
    return Optional.empty();
  }
}
