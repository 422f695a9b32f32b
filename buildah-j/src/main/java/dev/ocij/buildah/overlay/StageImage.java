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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What a stage is between two steps: a configuration and the layers it speaks of.
///
/// @param annotations of the manifest
public record StageImage(
    ImageConfig config, List<StageLayer> layers, Map<String, String> annotations) {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public StageImage {
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
  }

  /// What `FROM scratch` starts with: a search path, and the annotations of an image without a
  /// base.
  public static StageImage scratch(Platform platform) {
    var empty = ImageConfig.scratch(platform);
    var config = empty.withConfig(empty.config().with(draft -> draft.env.add(PATH)));
    return new StageImage(config, List.of(), Map.of()).withBase("", "");
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
    return new StageImage(config, layers, image.manifest().annotations());
  }

  /// With the annotations that tell what it was built on.
  public StageImage withBase(String name, String digest) {
    var more = new LinkedHashMap<>(annotations);
    more.put("org.opencontainers.image.base.name", name);
    more.put("org.opencontainers.image.base.digest", digest);
    return withAnnotations(more);
  }

  public StageImage withAnnotations(Map<String, String> changed) {
    return new StageImage(config, layers, changed);
  }

  /// With another configuration of the same layers.
  public StageImage withConfig(ImageConfig changed) {
    return new StageImage(changed, layers, annotations);
  }

  /// With this layer alone, whose history is that of all before.
  public StageImage squashed(StageLayer layer) {
    var history = new ArrayList<>(config.history().stream().map(StageImage::ofNothing).toList());
    var last =
        history.isEmpty() ? new History(null, null, null, null, false) : history.removeLast();
    history.add(
        new History(last.created(), last.createdBy(), last.author(), last.comment(), false));
    var changed = config.withLayers(List.of(layer.diffId()), history);
    return new StageImage(changed, List.of(layer), annotations);
  }

  /// After a step that changed nothing but the configuration.
  public StageImage withConfig(ImageConfig changed, History history) {
    return withConfig(changed.withLayers(diffIds(layers), historyWith(history)));
  }

  /// After a step that made a layer.
  public StageImage withLayer(StageLayer layer, ImageConfig changed, History history) {
    var more = new ArrayList<>(layers);
    more.add(layer);
    return new StageImage(
        changed.withLayers(diffIds(more), historyWith(history)), more, annotations);
  }

  /// The finished image, its layers as they are stored.
  ///
  /// @param manifestType OCI's or Docker's
  public Image toImage(MediaType manifestType) {
    var configType = manifestType.isDocker() ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
    var image =
        Image.of(
            manifestType,
            Blob.of(configType, Json.write(config)),
            layers.stream().map(StageLayer::blob).toList());
    return image.withManifest(image.manifest().withAnnotations(new TreeMap<>(annotations)));
  }

  private static History ofNothing(History history) {
    return new History(
        history.created(), history.createdBy(), history.author(), history.comment(), true);
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
