package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImage;
import java.io.IOException;
import java.util.List;

/// Which containers there are of which images.
public record ImageUse(List<ContainerState> containers) {
  public static ImageUse of(Store store) throws IOException {
    return new ImageUse(new Containers(store).list());
  }

  public List<ContainerState> of(LocalImage image) {
    return containers.stream().filter(each -> image.id().hex().equals(each.imageId())).toList();
  }

  long count(LocalImage image) {
    return of(image).size();
  }
}
