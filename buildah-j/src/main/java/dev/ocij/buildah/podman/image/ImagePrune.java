package dev.ocij.buildah.podman.image;

import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Removes the images that nobody uses.
///
/// @param all whether a name is no reason to keep one
/// @param filters which of them
public record ImagePrune(Store store, boolean all, List<String> filters) {
  /// @return the ids of those that are gone
  public List<String> prune() throws IOException {
    var use = ImageUse.of(store);
    var images = new LocalImages(store);
    var wanted = new ImageFilters(images, use, Instant.now()).parse(filters);
    var removal = new ImageRemoval(store, false);
    var gone = new ArrayList<String>();
    for (var image : images.list()) {
      if ((all || image.isDangling()) && use.count(image) == 0 && wanted.test(image)) {
        removal.remove(image);
        gone.add(image.id().hex());
      }
    }
    return gone;
  }
}
