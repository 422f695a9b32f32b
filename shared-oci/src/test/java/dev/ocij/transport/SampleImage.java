package dev.ocij.transport;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// An image of random layers, different for each seed. They are no archives: what moves bytes must
/// not look into them.
public record SampleImage(Blob.Known config, List<Blob.Known> layers, Document manifest) {
  private static final int LAYER_SIZE = 70_000;

  public static SampleImage oci(int seed) {
    return of(seed, MediaType.OCI_MANIFEST, MediaType.OCI_CONFIG, MediaType.OCI_LAYER);
  }

  /// One whose layers are large enough to be continued, and compressed, so that they stay as they
  /// are.
  public static SampleImage large(int seed, int layerSize) {
    return of(
        MediaType.OCI_MANIFEST, MediaType.OCI_CONFIG, compressed(new Random(seed), layerSize));
  }

  public static SampleImage docker(int seed) {
    return of(seed, MediaType.DOCKER_MANIFEST, MediaType.DOCKER_CONFIG, MediaType.DOCKER_LAYER);
  }

  private static SampleImage of(int seed, MediaType manifest, MediaType config, MediaType layer) {
    var random = new Random(seed);
    return of(
        manifest,
        config,
        Stream.generate(() -> Blob.of(layer, bytes(random, LAYER_SIZE))).limit(2).toList());
  }

  private static SampleImage of(MediaType manifest, MediaType config, List<Blob.Known> layers) {
    var diffIds = layers.stream().map(blob -> blob.descriptor().digest()).toList();
    var history = layers.stream().map(_ -> new History(null, "sample", null, null, false)).toList();
    var written =
        Json.write(ImageConfig.scratch(Platform.of("linux", "amd64")).withLayers(diffIds, history));
    var configBlob = Blob.of(config, written);
    var descriptors = layers.stream().map(Blob.Known::descriptor).toList();
    return new SampleImage(
        configBlob,
        layers,
        Document.of(
            Json.write(ImageManifest.of(manifest, configBlob.descriptor(), descriptors)), ""));
  }

  public static Document index(List<SampleImage> members) {
    List<Descriptor> entries =
        members.stream()
            .map(member -> member.manifest().descriptor())
            .map(entry -> entry.withPlatform(Platform.of("linux", "amd64")))
            .toList();
    return Document.of(Json.write(ImageIndex.of(MediaType.OCI_INDEX, entries)), "");
  }

  public void putBlobs(Sink sink) throws IOException {
    for (var blob : blobs()) {
      sink.put(blob);
    }
  }

  public List<Blob.Known> blobs() {
    return Stream.concat(layers.stream(), Stream.of(config)).toList();
  }

  private static List<Blob.Known> compressed(Random random, int size) {
    var type = MediaType.of(MediaType.OCI_LAYER + "+gzip");
    return Stream.generate(() -> Blob.of(type, gzip(bytes(random, size)))).limit(2).toList();
  }

  private static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(Random random, int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    bytes[0] = 'x'; // no magic number of a compression
    return bytes;
  }
}
