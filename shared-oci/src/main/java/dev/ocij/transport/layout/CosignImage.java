package dev.ocij.transport.layout;

import dev.ocij.image.Blob;
import dev.ocij.image.BlobSource;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signatures as cosign stores them: an image named `<algorithm>-<hex>.sig` whose layers are the
/// signed payloads.
final class CosignImage {
  private CosignImage() {}

  /// Stores a blob and returns its descriptor.
  @FunctionalInterface
  interface Put {
    Descriptor put(Blob blob) throws IOException;
  }

  /// The name of the image that holds the signatures of this manifest.
  static String name(Digest manifest) {
    return "%s-%s.sig".formatted(manifest.algorithm().prefix(), manifest.hex());
  }

  static List<Signature.Sigstore> read(Descriptor entry, BlobSource blobs) throws IOException {
    var document = Documents.read(blobs, entry);
    var manifest = Json.read(document.bytes(), ImageManifest.class, "signatures of an image");
    var signatures = new ArrayList<Signature.Sigstore>();
    for (var layer : manifest.layers()) {
      signatures.add(
          new Signature.Sigstore(
              layer.mediaType().value(), Documents.bytes(blobs, layer), layer.annotations()));
    }
    return signatures;
  }

  /// Stores the image of these signatures, to be made visible under the name of `manifest`.
  static Descriptor write(Digest manifest, List<Signature.Sigstore> signatures, Put blobs)
      throws IOException {
    var layers = new ArrayList<Descriptor>();
    for (var signature : signatures) {
      var payload = Blob.of(MediaType.of(signature.mediaType()), signature.payload());
      layers.add(blobs.put(payload).withAnnotations(new TreeMap<>(signature.annotations())));
    }
    var diffIds = layers.stream().map(Descriptor::digest).toList();
    var config = ImageConfig.scratch(Platform.of("", "")).withLayers(diffIds, List.of());
    var image =
        ImageManifest.of(
            MediaType.OCI_MANIFEST,
            blobs.put(Blob.of(MediaType.OCI_CONFIG, Json.write(config))),
            layers);
    return blobs
        .put(Blob.of(MediaType.OCI_MANIFEST, Json.write(image)))
        .withAnnotations(Map.of(Descriptor.REF_NAME, name(manifest)));
  }
}
