package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.CachedStep;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Step;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What earlier builds gave for the steps of a stage: its key grows with each step.
final class StageMemory {
  private final StepCache cache;
  private final RemoteCache remote;
  private final StageLayers layers;
  private final Told told;
  private CacheKey key;

  /// As the key, whatever the step reads.
  private CacheKey unread;

  private boolean isAnew;

  /// @param remote what may stand for a step beside what the store remembers
  /// @param told gets to know which steps an earlier build did
  /// @param key of what the stage starts from
  StageMemory(StepCache cache, RemoteCache remote, StageLayers layers, Told told, CacheKey key) {
    this.cache = cache;
    this.remote = remote;
    this.layers = layers;
    this.told = told;
    this.key = key;
    this.unread = key;
  }

  CacheKey key() {
    return key;
  }

  /// Goes on to a step.
  ///
  /// @param inputs digests of what it reads from elsewhere, in order
  void advance(Step step, List<Digest> inputs) {
    unread = key.then(step.identity(), List.of());
    key = key.then(step.identity(), inputs);
  }

  /// What an earlier build gave for the step; its layer is in the store.
  Optional<CachedStep> recall(Platform platform) throws IOException {
    var known = known();
    if (known.isPresent()) {
      remote.push(key, known.get(), platform);
      told.cached(key.value());
    } else {
      told.missed(miss());
      isAnew = true;
    }
    return known;
  }

  /// What the step gave now.
  void keep(CachedStep step, Platform platform) throws IOException {
    if (!unread.equals(key)) {
      cache.note(unread);
    }
    cache.put(key, step);
    remote.push(key, step, platform);
  }

  /// What the store has, or else a repository, which then the store has too.
  private Optional<CachedStep> known() throws IOException {
    if (!remote.settings().used()) {
      return Optional.empty();
    }
    var here = cache.find(key, remote::isTooOld);
    if (here.isPresent() && layers.has(here.get().layers())) {
      return here;
    }
    var there = remote.pull(key);
    there.ifPresent(step -> cache.put(key, step));
    return there;
  }

  private Miss miss() {
    if (!remote.settings().used()) {
      return Miss.UNWANTED;
    }
    if (cache.knows(key)) {
      return cache.find(key, remote::isTooOld).isPresent() ? Miss.GONE : Miss.OLD;
    }
    return cache.knows(unread) ? Miss.CHANGED : isAnew ? Miss.BELOW : Miss.UNKNOWN;
  }

  /// Gets to know which steps an earlier build did.
  interface Told {
    void cached(Digest key);

    void missed(Miss why);
  }
}
