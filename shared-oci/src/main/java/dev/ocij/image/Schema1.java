package dev.ocij.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.name.Reference;
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
import org.jspecify.annotations.Nullable;

/// Images of Docker's schema 1: how they are read, and how others become such.
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

  /// The image in schema 1, itself where it is so already; one in schema 2 with gzipped layers.
  public static Image toSchema1(Image image) {
    var type = image.manifest().mediaType();
    return type != null && type.isSchema1()
        ? image
        : image
            .withManifest(image.manifest().withMediaType(MediaType.DOCKER_SCHEMA1_SIGNED))
            .withBlobs(image.config(), image.layers());
  }

  /// Stores the layers of an image that becomes schema 1, and makes its manifest. The configuration
  /// is not stored: the manifest says what it says.
  static Document write(Image image, Artifact.Writer writer) throws IOException {
    var stored = Parallel.map(image.layers(), writer.parallelBlobs(), writer::put);
    var layers = stored.stream().map(Descriptor::digest).toList();
    var config = image.readConfigBytes();
    var history = Schema1History.of(config, layers);
    if (history.hasEmptySteps()) {
      writer.put(Schema1History.NOTHING);
    }
    var architecture = Json.readTree(config, "image configuration").path("architecture");
    var manifest = manifest(history, architecture.asText(""), writer.reference());
    return Document.of(
        Schema1Signature.signed(Json.write(manifest)), MediaType.DOCKER_SCHEMA1_SIGNED.value());
  }

  /// Steps stand in it top first.
  private static ObjectNode manifest(
      Schema1History history, String architecture, @Nullable Reference name) {
    var manifest =
        Json.object()
            .put("schemaVersion", 1)
            .put("name", name == null ? "" : name.repository().path())
            .put("tag", name instanceof Reference.Tagged tagged ? tagged.tag() : "")
            .put("architecture", architecture);
    var layers = manifest.putArray("fsLayers");
    history
        .layers()
        .reversed()
        .forEach(layer -> layers.addObject().put("blobSum", layer.toString()));
    var texts = manifest.putArray("history");
    history.texts().reversed().forEach(text -> texts.addObject().put("v1Compatibility", text));
    return manifest;
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
