package dev.ocij.buildah.build;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;

/// What a build gave.
///
/// @param id of the image, the digest of its configuration; of a list, that of its document
/// @param document what the first name leads to
public record BuildResult(Digest id, Descriptor document) {}
