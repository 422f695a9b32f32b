package dev.ocij.store;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Schema1Manifest;
import java.util.List;
import java.util.stream.Stream;

/// What a document needs beside itself.
public final class Contents {
  private Contents() {}

  /// The members of an index, or the configuration and layers of a manifest. The layers of schema 1
  /// have the size 0, for it does not tell sizes.
  public static List<Descriptor> of(Document document) {
    var what = "manifest " + document.digest();
    if (document.mediaType().isIndex()) {
      return Json.read(document.bytes(), ImageIndex::from, what).manifests();
    }
    if (document.mediaType().isSchema1()) {
      return Json.read(document.bytes(), Schema1Manifest.class, what).fsLayers().stream()
          .map(layer -> Descriptor.of(MediaType.DOCKER_LAYER_GZIP, layer.blobSum(), 0))
          .toList();
    }
    var manifest = Json.read(document.bytes(), ImageManifest::from, what);
    return Stream.concat(Stream.of(manifest.config()), manifest.layers().stream()).toList();
  }
}
