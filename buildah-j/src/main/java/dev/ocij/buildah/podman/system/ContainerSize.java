package dev.ocij.buildah.podman.system;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.store.Store;
import java.io.IOException;

/// How many bytes the files of a container have.
///
/// @param written what it has changed
/// @param whole with its image, as that is stored
public record ContainerSize(long written, long whole) {
  public static ContainerSize of(Store store, ContainerState container) throws IOException {
    long written = Usage.size(store, container);
    return new ContainerSize(written, written + Usage.imageSize(store, container));
  }

  /// As tables have it: `12kB (virtual 4.3MB)`.
  public String text() {
    return "%s (virtual %s)".formatted(Usage.size(written), Usage.size(whole));
  }
}
