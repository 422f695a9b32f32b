package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.overlay.StageLayers;

/// What all stages of a build are made with.
///
/// @param steps what the store remembers of earlier builds
/// @param remote what may stand for a step beside that
record StageTools(
    Stamp stamp,
    StageLayers layers,
    StepCache steps,
    RemoteCache remote,
    CopyOrigins origins,
    Downloads downloads,
    Grants grants) {
  /// What earlier builds gave for the steps of a stage that starts from what the key says.
  StageMemory memory(CacheKey key, StageMemory.Told told) {
    return new StageMemory(steps, remote, layers, told, key);
  }
}
