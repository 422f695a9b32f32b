package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreeDiff;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.ParentFolder;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `RUN --mount=type=cache` keeps, as an image to carry from one machine to another: a layer
/// for each cache, with the cache's id in the history. No container begins with it.
record CacheMounts(
    CacheFolders caches,
    Transports transports,
    Policy policy,
    StageLayers layers,
    BuildOutput output) {
  private static final String PREFIX = "cache mount ";

  /// One of an image.
  private record Carried(String id, Blob.Known stored, Digest diffId) {}

  /// Fills the caches that are not here yet. A place that has none, or cannot be read, is no more
  /// than one that is empty; the latter is told.
  void take(Location from) {
    try (var source = transports.openSource(from)) {
      if (policy.evaluate(source.candidate(source.read())).orThrow() instanceof Image image) {
        take(image);
      }
    } catch (OciException | IOException e) {
      if (!isEmpty(from, e)) {
        output.warning("cache mounts of %s: %s".formatted(from, e.getMessage()));
      }
    }
  }

  private static boolean isEmpty(Location place, Exception found) {
    return place.transport().equals("oci")
        ? !Files.exists(folder(place))
        : found instanceof OciException oci && oci.category() == OciException.Category.NOT_FOUND;
  }

  private static Path folder(Location place) {
    return Path.of(place.rest().substring(0, place.rest().lastIndexOf(':')));
  }

  private void take(Image image) throws IOException {
    for (var each : cachesOf(image)) {
      caches.locked(each.id(), folder -> unpack(each.stored(), each.diffId(), folder)).close();
    }
  }

  private static List<Carried> cachesOf(Image image) {
    var config = image.readConfig();
    var caches = new ArrayList<Carried>();
    for (int i = 0; i < image.layers().size(); i++) {
      var words = config.history().get(i).createdBy();
      if (words != null && words.startsWith(PREFIX)) {
        var stored = (Blob.Known) image.layers().get(i);
        var diffId = config.rootfs().diffIds().get(i);
        caches.add(new Carried(words.substring(PREFIX.length()), stored, diffId));
      }
    }
    return caches;
  }

  private static void unpack(Blob.Known stored, Digest diffId, Path folder) throws IOException {
    try (var plain = Compression.decompressAny(stored.open())) {
      new Unpacker(UnpackRules.ofThisProcess()).unpack(plain, diffId, folder);
    }
  }

  /// Gives away the caches of these ids, as far as they are here. Those of others stay there.
  void give(Collection<String> ids, Platform platform, Location to) throws IOException {
    var here = new TreeMap<String, StageLayer>();
    for (var id : ids) {
      layer(id).ifPresent(layer -> here.put(id, layer));
    }
    try (var before = open(to)) {
      var all = before == null ? new TreeMap<String, StageLayer>() : there(before);
      all.putAll(here);
      give(all, platform, to);
    }
  }

  private @Nullable Source open(Location place) {
    try {
      return transports.openSource(place);
    } catch (OciException | IOException _) {
      return null;
    }
  }

  /// What a place has already, by id. What the policy does not let in here is not handed on.
  private TreeMap<String, StageLayer> there(Source place) throws IOException {
    var layers = new TreeMap<String, StageLayer>();
    if (policy.evaluate(place.candidate(place.read())).orThrow() instanceof Image image) {
      for (var each : cachesOf(image)) {
        layers.put(each.id(), new StageLayer(each.stored(), each.diffId()));
      }
    }
    return layers;
  }

  private void give(SortedMap<String, StageLayer> all, Platform platform, Location to)
      throws IOException {
    var image = StageImage.scratch(platform);
    for (var each : all.entrySet()) {
      var history = new History(Instant.EPOCH, PREFIX + each.getKey(), null, null, false);
      image = image.withLayer(each.getValue(), image.config(), history);
    }
    if (to.transport().equals("oci")) {
      ParentFolder.make(folder(to));
    }
    new Delivery(transports, Progress.SILENT, Fit.AS_IT_IS, List.of())
        .deliver(image.toImage(MediaType.OCI_MANIFEST), to);
  }

  private Optional<StageLayer> layer(String id) throws IOException {
    var used = caches.existing(id);
    if (used.isEmpty()) {
      return Optional.empty();
    }
    try (var cache = used.get()) {
      var rules = UnpackRules.ofThisProcess();
      var content = TreeDiff.ofUpper(cache.folder(), rules, LayeredTree.EMPTY);
      return Optional.of(layers.write(content::write));
    }
  }
}
