package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.CachedStep;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.History;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What steps gave, in repositories: for each an image of its layer alone, whose tag is the cache
/// key. Its history has the time of the step, and the image that of its making.
record RemoteCache(
    CacheSettings settings,
    Transports transports,
    Policy policy,
    StageLayers layers,
    BuildOutput output,
    InstantSource clock) {

  /// The result of a step with this key, whose layer then is in the store. A repository that cannot
  /// be read is told, and is no more than one that has nothing.
  Optional<CachedStep> pull(CacheKey key) {
    for (var repository : settings.from()) {
      try {
        var found = pull(repository, key);
        if (found.isPresent()) {
          output.cachePulled(repository, key.value());
          return found;
        }
      } catch (OciException | IOException e) {
        if (!(e instanceof OciException oci) || oci.category() != OciException.Category.NOT_FOUND) {
          output.warning("cache %s: %s".formatted(repository, e.getMessage()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<CachedStep> pull(String repository, CacheKey key) throws IOException {
    try (var source = transports.openSource(location(repository, key))) {
      if (!(policy.evaluate(source.candidate(source.read())).orThrow() instanceof Image image)) {
        return Optional.empty();
      }
      var config = image.readConfig();
      if (isTooOld(Objects.requireNonNull(config.created()))) {
        return Optional.empty();
      }
      var made = Objects.requireNonNull(config.history().getLast().created());
      return Optional.of(CachedStep.of(layer(image), made));
    }
  }

  private Optional<Descriptor> layer(Image image) throws IOException {
    if (image.layers().isEmpty()) {
      return Optional.empty();
    }
    var stored = (Blob.Known) image.layers().getFirst();
    var layer = layers.store(() -> Compression.decompressAny(stored.open()));
    var expected = image.readConfig().rootfs().diffIds().getFirst();
    if (!layer.diffId().equals(expected)) {
      throw new OciException(
          OciException.Category.INVALID,
          "layer of a cached step: expected %s, got %s".formatted(expected, layer.diffId()));
    }
    return Optional.of(layer.blob().descriptor());
  }

  boolean isTooOld(Instant made) {
    var age = settings.age();
    return age != null && made.isBefore(clock.instant().minus(age));
  }

  /// Gives the result of a step to all repositories that want it.
  void push(CacheKey key, CachedStep step, Platform platform) throws IOException {
    if (settings.to().isEmpty()) {
      return;
    }
    var image = image(step, platform).toImage(MediaType.OCI_MANIFEST);
    for (var repository : settings.to()) {
      output.cachePushing(repository, key.value());
      new Delivery(transports, Progress.SILENT, Fit.AS_IT_IS, List.of())
          .deliver(image, location(repository, key));
    }
  }

  private StageImage image(CachedStep step, Platform platform) {
    var empty = StageImage.scratch(platform);
    var config = empty.config().withCreated(clock.instant());
    var history = new History(step.created(), "cached step", null, null, step.layers().isEmpty());
    return step.layers().isEmpty()
        ? empty.withConfig(config, history)
        : empty.withLayer(layers.stored(step.layers().getFirst()), config, history);
  }

  private static Location location(String repository, CacheKey key) {
    return new Location("docker", "//%s:%s".formatted(repository, key.value().hex()));
  }
}
