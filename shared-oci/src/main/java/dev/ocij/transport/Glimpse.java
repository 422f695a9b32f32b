package dev.ocij.transport;

import dev.ocij.spec.Descriptor;
import dev.ocij.trust.ImageIdentity;

/// What a place tells of an image without sending it: a word of the place, not verified.
///
/// @param identity what a policy knows of the place
/// @param descriptor of the document that the name leads to
public record Glimpse(ImageIdentity identity, Descriptor descriptor) {}
