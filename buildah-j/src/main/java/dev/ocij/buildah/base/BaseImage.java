package dev.ocij.buildah.base;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.Digest;
import org.jspecify.annotations.Nullable;

/// An image to start from.
///
/// @param id the digest of its configuration
/// @param name in full; empty where it has none
/// @param manifest null where it was read from no document
public record BaseImage(StageImage image, Digest id, String name, @Nullable Digest manifest) {}
