package dev.ocij.transport.archive;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import java.util.List;

/// The manifest of an image that has none, with its fields in the order in which the peers write
/// them: the digest depends on it.
record SynthesisedManifest(int schemaVersion, MediaType mediaType, Part config, List<Part> layers) {
  /// A descriptor in that order.
  record Part(MediaType mediaType, long size, Digest digest) {}

  static SynthesisedManifest of(Descriptor config, List<Part> layers) {
    return new SynthesisedManifest(
        2,
        MediaType.DOCKER_MANIFEST,
        new Part(config.mediaType(), config.size(), config.digest()),
        layers);
  }

  static Part layer(Digest diffId, long size) {
    return new Part(MediaType.DOCKER_LAYER_GZIP, size, diffId);
  }
}
