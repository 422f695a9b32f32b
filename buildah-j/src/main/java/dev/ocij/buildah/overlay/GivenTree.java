package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RootFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A root file system of the caller's, which the container works on itself; it stays when the
/// container goes.
record GivenTree(Path directory, Path rootfs, boolean mounts) implements RunOverlay {
  @Override
  public RootFiles files() {
    return RootFiles.of(rootfs);
  }

  /// Where nothing can be mounted the tree stays as it is: its files are the caller's.
  @Override
  public List<Mount> provide(Map<String, byte[]> files) throws IOException {
    return mounts ? ProvidedFiles.bind(directory, files) : List.of();
  }

  @Override
  public List<Mount> provideProgram(String path, byte[] program) throws IOException {
    return ProvidedFiles.bindProgram(directory, path, program);
  }

  @Override
  public Bundle under(Bundle bundle) {
    return bundle;
  }

  @Override
  public Changes changes(LayeredTree below, List<String> mountPoints) {
    return new Changes(rootfs, List.of());
  }

  @Override
  public Optional<Path> snapshot() {
    return Optional.empty();
  }
}
