package dev.ocij.buildah.base;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.Digest;

/// An image to start from.
///
/// @param id the digest of its configuration
public record BaseImage(StageImage image, Digest id) {}
