package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.container.ImageInUseException;
import dev.ocij.buildah.run.Containers;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Removes images, but none that a container is made of.
///
/// @param force whether such containers go too
public record ImageRemoval(Store store, boolean force) {

  /// Removes a name, and the image with its last one; by an id all names.
  ///
  /// @return what is told of it
  /// @throws ImageInUseException where a container would lose its image
  List<String> remove(String typed) throws IOException {
    var images = images();
    var image = images.find(typed);
    if (image.names().size() <= 1 || !image.names().contains(named(typed))) {
      free(image);
    }
    return told(images.remove(typed, force));
  }

  /// Removes an image with all its names.
  public List<String> remove(LocalImage image) throws IOException {
    free(image);
    return told(images().remove(image));
  }

  private void free(LocalImage image) throws IOException {
    var containers = new Containers(store);
    for (var container : ImageUse.of(store).of(image)) {
      if (!force) {
        throw new ImageInUseException(container.id());
      }
      containers.remove(container, true);
    }
  }

  /// The complete name that is meant, where it is one at all.
  private static String named(String typed) {
    return typed.matches("(?:sha256:)?[0-9a-f]{12,64}") ? typed : LocalImages.complete(typed);
  }

  private static List<String> told(LocalImages.Removal removal) {
    var lines = new ArrayList<String>();
    removal.untagged().forEach(name -> lines.add("Untagged: " + name));
    if (removal.removed() != null) {
      lines.add("Deleted: " + removal.removed().hex());
    }
    return lines;
  }

  private LocalImages images() {
    return new LocalImages(store);
  }
}
