package dev.ocij.buildah.cache;

import dev.ocij.spec.Descriptor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a step gave: a layer, or nothing where it changed no file.
///
/// @param layers one plain tar in the store, or none
public record CachedStep(List<Descriptor> layers, Instant created) {
  public CachedStep {
    layers = List.copyOf(layers);
  }

  public static CachedStep of(Optional<Descriptor> layer, Instant created) {
    return new CachedStep(layer.stream().toList(), created);
  }
}
