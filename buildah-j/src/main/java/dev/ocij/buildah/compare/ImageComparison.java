package dev.ocij.buildah.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Image;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// An image and the one that a build of the same gives now: layers first, base first, then the
/// configuration, then the annotations. How layers are compressed does not count.
///
/// @param before all of whose layers are read, for their bytes alone tell what they hold
public record ImageComparison(Image before, Image now, Times times) {
  /// Fields of a configuration that differ where times do: they, and the digests of what holds
  /// them.
  private static final Pattern OF_TIMES =
      Pattern.compile("created|history\\[\\d+\\]\\.created|rootfs\\.diff_ids");

  private static final Pattern CREATED = Pattern.compile("org\\.opencontainers\\.image\\.created");

  /// The first difference.
  public Optional<Difference> first() throws IOException {
    var inLayers = inLayers();
    return inLayers.isPresent() ? inLayers : inConfig().or(this::inAnnotations);
  }

  private Optional<Difference> inLayers() throws IOException {
    var ids = before.readConfig().rootfs().diffIds();
    int count = before.layers().size();
    if (ids.size() != count) {
      throw new OciException(
          OciException.Category.INVALID,
          "read image: its configuration speaks of %d layers, and it has %d"
              .formatted(ids.size(), count));
    }
    for (int i = 0; i < Math.min(count, now.layers().size()); i++) {
      var found = inLayer(i, ids.get(i));
      if (found.isPresent()) {
        var place = "layer %d of %d%s".formatted(i + 1, count, step(i));
        return found.map(difference -> difference.in(place));
      }
    }
    return count == now.layers().size()
        ? Optional.empty()
        : Optional.of(
            new Difference(
                "layers:", Integer.toString(count), Integer.toString(now.layers().size())));
  }

  private Optional<Difference> inLayer(int index, Digest diffId) throws IOException {
    var content = LayerContent.read(before.layers().get(index));
    if (!content.diffId().equals(diffId)) {
      throw new OciException(
          OciException.Category.INVALID,
          "read layer %d: it is %s, and the configuration says %s"
              .formatted(index + 1, content.diffId(), diffId));
    }
    return now.readConfig().rootfs().diffIds().get(index).equals(diffId)
        ? Optional.empty()
        : content.differenceTo(LayerContent.read(now.layers().get(index)), times);
  }

  /// What made a layer, as far as the image tells.
  private String step(int layer) {
    var made = before.readConfig().history().stream().filter(each -> !each.emptyLayer()).toList();
    var by = layer < made.size() ? createdBy(made.get(layer)) : "";
    return by.isEmpty() ? "" : " (%s)".formatted(Quoted.escape(by.strip()));
  }

  private static String createdBy(History history) {
    return history.createdBy() == null ? "" : history.createdBy();
  }

  private Optional<Difference> inConfig() {
    return comparison(OF_TIMES)
        .compare(tree(before), tree(now))
        .map(difference -> difference.in("configuration"));
  }

  /// Docker's manifests have none.
  private Optional<Difference> inAnnotations() {
    var type = before.manifest().mediaType();
    return type != null && type.isDocker()
        ? Optional.empty()
        : comparison(CREATED)
            .compare(annotations(before), annotations(now))
            .map(difference -> difference.in("annotation"));
  }

  private DocumentComparison comparison(Pattern ofTimes) {
    return new DocumentComparison(
        field -> times == Times.ASIDE && ofTimes.matcher(field).matches());
  }

  private static JsonNode tree(Image image) {
    return Json.readTree(image.readConfigBytes(), "image configuration");
  }

  private static JsonNode annotations(Image image) {
    return Json.tree(image.manifest().annotations());
  }
}
