package dev.ocij.buildah.overlay;

import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a stage is between two steps: a configuration and the layers it speaks of.
public record StageImage(ImageConfig config, List<StageLayer> layers) {
  public StageImage {
    layers = List.copyOf(layers);
  }

  /// What `FROM scratch` starts with.
  public static StageImage scratch(Platform platform) {
    return new StageImage(ImageConfig.scratch(platform), List.of());
  }

  /// What `FROM` an image starts with. Configuration and manifest count the same layers.
  public static StageImage of(Image image) {
    var config = image.readConfig();
    var diffIds = config.rootfs().diffIds();
    if (diffIds.size() != image.layers().size()) {
      throw new OciException(
          OciException.Category.INVALID,
          "read image configuration: it has %d diff ids for %d layers"
              .formatted(diffIds.size(), image.layers().size()));
    }
    var layers =
        IntStream.range(0, diffIds.size())
            .mapToObj(i -> new StageLayer((Blob.Known) image.layers().get(i), diffIds.get(i)))
            .toList();
    return new StageImage(config, layers);
  }

  /// After a step that changed nothing but the configuration.
  public StageImage withConfig(ImageConfig changed, History history) {
    return new StageImage(changed.withLayers(diffIds(layers), historyWith(history)), layers);
  }

  /// After a step that made a layer.
  public StageImage withLayer(StageLayer layer, ImageConfig changed, History history) {
    var more = new ArrayList<>(layers);
    more.add(layer);
    return new StageImage(changed.withLayers(diffIds(more), historyWith(history)), more);
  }

  /// The finished image, its layers as they are stored.
  ///
  /// @param manifestType OCI's or Docker's
  public Image toImage(MediaType manifestType) {
    var configType = manifestType.isDocker() ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
    return Image.of(
        manifestType,
        Blob.of(configType, Json.write(config)),
        layers.stream().map(StageLayer::blob).toList());
  }

  private List<History> historyWith(History history) {
    var more = new ArrayList<>(config.history());
    more.add(history);
    return more;
  }

  private static List<Digest> diffIds(List<StageLayer> layers) {
    return layers.stream().map(StageLayer::diffId).toList();
  }
}
