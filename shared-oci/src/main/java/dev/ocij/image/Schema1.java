package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Schema1Manifest;
import dev.ocij.spec.Schema1Manifest.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Images of Docker's schema 1, which are read and never made.
public final class Schema1 {
  private Schema1() {}

  /// The image as it is: all layers, those of empty steps too, and a configuration that is not
  /// stored with it and has no diff ids, for schema 1 does not know them.
  public static Image of(Document document, BlobSource blobs) throws IOException {
    var layers = new ArrayList<Blob.Known>();
    for (var step : steps(document)) {
      layers.add(layer(step.layer(), blobs));
    }
    var config = Blob.of(MediaType.DOCKER_CONFIG, Schema1Config.of(steps(document), List.of()));
    var descriptors = layers.stream().map(Blob.Known::descriptor).toList();
    return new Image(
        document,
        ImageManifest.of(document.mediaType(), config.descriptor(), descriptors),
        config,
        List.copyOf(layers));
  }

  /// The same image in schema 2; itself where it is no schema 1. Each layer is read once more for
  /// its diff id.
  public static Image toSchema2(Image image) {
    var document = image.original();
    if (document == null || !document.mediaType().isSchema1()) {
      return image;
    }
    var steps = steps(document);
    var layers = new ArrayList<Blob>();
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).empty()) {
        layers.add(image.layers().get(i));
      }
    }
    var config =
        new Blob.Fresh(
            MediaType.DOCKER_CONFIG,
            null,
            () -> new ByteArrayInputStream(Schema1Config.of(steps, diffIds(layers))));
    return image
        .withManifest(image.manifest().withMediaType(MediaType.DOCKER_MANIFEST))
        .withBlobs(config, layers);
  }

  private static List<Step> steps(Document document) {
    return Json.read(document.bytes(), Schema1Manifest.class, "manifest " + document.digest())
        .steps();
  }

  private static Blob.Known layer(Digest digest, BlobSource blobs) throws IOException {
    return blobs.blob(Descriptor.of(MediaType.DOCKER_LAYER_GZIP, digest, blobs.size(digest)));
  }

  private static List<Digest> diffIds(List<Blob> layers) throws IOException {
    var diffIds = new ArrayList<Digest>();
    for (var layer : layers) {
      diffIds.add(diffId(layer.open()));
    }
    return diffIds;
  }

  private static Digest diffId(InputStream layer) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    try (var plain = Compression.decompressAny(layer);
        var hashed = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
      plain.transferTo(hashed);
      return Digest.from(Digest.Algorithm.SHA256, hash.digest());
    }
  }
}
