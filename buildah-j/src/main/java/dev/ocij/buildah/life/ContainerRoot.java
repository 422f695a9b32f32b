package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.linux.Directory;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.runtime.rootless.PrivateMount;
import java.io.IOException;

/// The root file system of a container, as the container itself sees it while it runs.
public final class ContainerRoot {
  private ContainerRoot() {}

  /// With all its mounts where the container runs; to be written to.
  public static Directory open(Containers containers, ContainerState container) throws IOException {
    var running = HostProcess.find(container.pid(), container.processes().beginning());
    try (var process = running.orElse(null)) {
      if (process != null) {
        return Directory.open(process.root());
      }
    }
    var directory = containers.directory(container);
    return PrivateMount.open(ContainerFolder.bundle(directory), false);
  }

  /// Without any mounts, to be read, whether it runs or not.
  public static Directory openAlone(Containers containers, ContainerState container)
      throws IOException {
    var directory = containers.directory(container);
    return PrivateMount.open(ContainerFolder.bundle(directory), true);
  }
}
