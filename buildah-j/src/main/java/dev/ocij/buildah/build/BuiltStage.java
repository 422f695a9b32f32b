package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.plan.StageState;

/// A stage that is done.
///
/// @param key of its last step
public record BuiltStage(StageImage image, StageState state, CacheKey key) {}
