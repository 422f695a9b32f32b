package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.CachedStep;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.Optional;

/// What earlier builds did: the store remembers it, and repositories may.
///
/// @param layers those of the store
record KnownSteps(StepCache cache, RemoteCache remote, StageLayers layers) {
  /// What the store has, or else a repository, which then the store has too. The repositories that
  /// want it get it.
  Optional<CachedStep> find(CacheKey key, Platform platform) throws IOException {
    if (!remote.settings().used()) {
      return Optional.empty();
    }
    var found = hereOrThere(key);
    if (found.isPresent()) {
      remote.push(key, found.get(), platform);
    }
    return found;
  }

  private Optional<CachedStep> hereOrThere(CacheKey key) throws IOException {
    var here = cache.find(key, remote::isTooOld);
    if (here.isPresent() && layers.has(here.get().layers())) {
      return here;
    }
    var there = remote.pull(key);
    there.ifPresent(step -> cache.put(key, step));
    return there;
  }

  /// Remembers what a step gave, here and where it is wanted.
  void put(CacheKey key, CachedStep step, Platform platform) throws IOException {
    cache.put(key, step);
    remote.push(key, step, platform);
  }
}
