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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The snapshots of the layers below, and an upper directory for what the container changes. The
/// kernel puts them together where the container is started; nothing is mounted here.
///
/// @param below at least one folder
/// @param lowers the same folders, by names that fit into the options of a mount
record KernelOverlay(Path directory, StackedFolders below, List<Path> lowers)
    implements RunOverlay {
  private static final int MOST_LONG_NAMES = 40;

  /// @param directory exists, empty, on the file system of the snapshots
  static KernelOverlay prepare(Path directory, StackedFolders below) throws IOException {
    for (var name : List.of("empty", "upper", "work", "rootfs")) {
      Files.createDirectory(directory.resolve(name));
    }
    var stacked =
        below.folders().isEmpty()
            ? new StackedFolders(List.of(directory.resolve("empty")), below.rules())
            : below;
    return new KernelOverlay(directory, stacked, shortNames(directory, stacked.folders()));
  }

  /// The kernel takes a page of options: some 60 layers under their digests, a thousand under the
  /// names of links to them.
  private static List<Path> shortNames(Path directory, List<Path> folders) throws IOException {
    if (folders.size() <= MOST_LONG_NAMES) {
      return folders;
    }
    var links = Files.createDirectory(directory.resolve("lower"));
    var named = new ArrayList<Path>();
    for (var folder : folders) {
      var name = Integer.toString(named.size(), Character.MAX_RADIX);
      named.add(Files.createSymbolicLink(links.resolve(name), folder));
    }
    return List.copyOf(named);
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
    return new Bundle.Overlay(lowers, upper(), directory.resolve("work"));
  }

  @Override
  public List<Mount> provide(Map<String, byte[]> files) throws IOException {
    return ProvidedFiles.bind(directory, files);
  }

  @Override
  public List<Mount> provideProgram(String path, byte[] program) throws IOException {
    return ProvidedFiles.bindProgram(directory, path, program);
  }

  @Override
  public Bundle under(Bundle bundle) {
    return bundle.withOverlay(mount());
  }

  @Override
  public Changes changes(LayeredTree tree, List<String> mountPoints) throws IOException {
    var all = TreeDiff.ofUpper(upper(), below.rules(), tree);
    var left = MountPoints.of(mountPoints).in(all, tree);
    // The upper directory may be the snapshot of the layer, and holds no more than that then.
    MountPoints.remove(left, upper());
    return all.without(left);
  }

  @Override
  public Optional<Path> snapshot() {
    return Optional.of(upper());
  }

  private Path upper() {
    return directory.resolve("upper");
  }
}
