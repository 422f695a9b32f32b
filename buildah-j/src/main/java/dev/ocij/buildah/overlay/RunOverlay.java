package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RootFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tree on disk for one container: the layers below, and what the container changes.
///
/// [RunOverlays] chooses which kind it is. Closing removes it, but for what was adopted as a
/// snapshot.
public sealed interface RunOverlay extends Closeable permits KernelOverlay, CopiedTree, GivenTree {
  /// The container's own folder.
  Path directory();

  /// Where the root file system is, or appears in the container's mount namespace.
  Path rootfs();

  /// The small files of the layers below, before the start.
  RootFiles files();

  /// Makes these files appear in the container and in no layer.
  ///
  /// @param files content by absolute path
  /// @return what to mount for that
  List<Mount> provide(Map<String, byte[]> files) throws IOException;

  /// Makes a program appear in the container and in no layer.
  ///
  /// @param path absolute, in a folder that the image need not have
  /// @return what to mount for that
  List<Mount> provideProgram(String path, byte[] program) throws IOException;

  /// The bundle, made to run on this tree; nothing is provided any more.
  Bundle under(Bundle bundle) throws IOException;

  /// What the container changed, when it has ended.
  ///
  /// @param mountPoints what was made only because something was mounted on it
  Changes changes(LayeredTree below, List<String> mountPoints) throws IOException;

  /// What may be taken as the snapshot of the layer that was made from the changes, where it can.
  Optional<Path> snapshot();

  @Override
  default void close() throws IOException {
    Trees.delete(directory());
  }
}
