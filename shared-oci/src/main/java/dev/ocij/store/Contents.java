package dev.ocij.store;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import java.util.List;
import java.util.stream.Stream;

/// What a document needs beside itself.
public final class Contents {
  private Contents() {}

  /// The members of an index, or the configuration and layers of a manifest.
  public static List<Descriptor> of(Document document) {
    var what = "manifest " + document.digest();
    if (document.mediaType().isIndex()) {
      return Json.read(document.bytes(), ImageIndex.class, what).manifests();
    }
    var manifest = Json.read(document.bytes(), ImageManifest.class, what);
    return Stream.concat(Stream.of(manifest.config()), manifest.layers().stream()).toList();
  }
}
