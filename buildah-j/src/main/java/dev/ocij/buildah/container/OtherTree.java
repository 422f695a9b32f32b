package dev.ocij.buildah.container;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import java.io.IOException;
import java.util.List;

/// The files of another container, or of an image, to copy from.
///
/// @param images where images come from
public record OtherTree(Store store, BaseImages images) {
  /// The files of the container of this name, or else of the image.
  public CopySource open(String name) throws IOException {
    var layers = new StageLayers(store.images().blobs());
    return new StageTree(layers.tree(layers(name, layers)));
  }

  /// The files of an image that a mount names.
  public CopySource of(Origin origin) throws IOException {
    var below =
        origin instanceof Origin.OfImage(var name, _)
            ? images.open(name).image().layers()
            : List.<StageLayer>of();
    return new StageTree(new StageLayers(store.images().blobs()).tree(below));
  }

  private List<StageLayer> layers(String name, StageLayers layers) throws IOException {
    try (var container = new WorkingContainers(store).open(name)) {
      return Changing.of(container, layers).below();
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      return images.open(name).image().layers();
    }
  }
}
