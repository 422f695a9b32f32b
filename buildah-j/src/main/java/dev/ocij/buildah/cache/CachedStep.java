package dev.ocij.buildah.cache;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;

/// What a step gave: its layer.
///
/// @param layer the plain tar in the store
/// @param diffId its digest
public record CachedStep(Descriptor layer, Digest diffId) {}
