package dev.ocij.buildah.overlay;

import dev.ocij.image.Blob;
import dev.ocij.spec.Digest;

/// One layer of a stage.
///
/// @param blob as it is stored, compressed or not
/// @param diffId of the plain tar
public record StageLayer(Blob.Known blob, Digest diffId) {}
