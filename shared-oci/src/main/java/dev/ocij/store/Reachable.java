package dev.ocij.store;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The blobs that entries of a layout lead to, through indexes and manifests.
final class Reachable {
  private final ImageStore store;
  private final Set<Digest> reached = new HashSet<>();

  Reachable(ImageStore store) {
    this.store = store;
  }

  Set<Digest> from(List<Descriptor> entries) throws IOException {
    for (var entry : entries) {
      follow(entry);
    }
    return Set.copyOf(reached);
  }

  /// What is not here, as a sparse index has it, leads nowhere.
  private void follow(Descriptor descriptor) throws IOException {
    if (!reached.add(descriptor.digest()) || !store.blobs().has(descriptor)) {
      return;
    }
    if (descriptor.mediaType().isIndex()) {
      var bytes = store.read(descriptor).bytes();
      from(Json.read(bytes, ImageIndex.class, "index").manifests());
    } else if (descriptor.mediaType().isManifest()) {
      var manifest = Json.read(store.read(descriptor).bytes(), ImageManifest.class, "manifest");
      reached.add(manifest.config().digest());
      manifest.layers().forEach(layer -> reached.add(layer.digest()));
    }
  }
}
