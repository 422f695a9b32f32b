package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One image on its way into an archive as `docker save` writes it: layers by their diff ids, the
/// configuration, and last what names them.
final class DockerArchiveSink implements Sink {
  private static final Accepts ACCEPTS =
      new Accepts(List.of(MediaType.DOCKER_MANIFEST), Compression.NONE, true, List.of());

  private final String location;
  private final SavedImages images;
  private final List<Reference.Tagged> names;
  private final boolean alone;
  private byte @Nullable [] config;

  private DockerArchiveSink(
      String location, SavedImages images, List<Reference.Tagged> names, boolean alone) {
    this.location = location;
    this.images = images;
    this.names = List.copyOf(names);
    this.alone = alone;
  }

  /// The only image of an archive.
  ///
  /// @param tar closed with this sink
  /// @param names that the image gets, its own first
  static DockerArchiveSink of(String location, TarOutput tar, List<Reference.Tagged> names) {
    return new DockerArchiveSink(location, new SavedImages(location, tar), names, true);
  }

  /// @param images stay open, and are not finished with this image
  static DockerArchiveSink oneOfSeveral(
      String location, SavedImages images, List<Reference.Tagged> names) {
    return new DockerArchiveSink(location, images, names, false);
  }

  @Override
  public Accepts accepts() {
    return ACCEPTS;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return isConfig(blob.mediaType()) ? putConfig(blob) : images.putLayer(blob);
  }

  private synchronized Descriptor putConfig(Blob blob) throws IOException {
    try (var in = blob.open()) {
      var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
      if (bytes.length > Json.LARGEST_DOCUMENT) {
        throw new OciException(
            OciException.Category.INVALID,
            "write %s: the configuration is larger than %d bytes"
                .formatted(location, Json.LARGEST_DOCUMENT));
      }
      var descriptor = Descriptor.of(blob.mediaType(), bytes);
      images.putConfig(descriptor.digest(), bytes);
      config = bytes;
      return descriptor;
    }
  }

  @Override
  public void putMember(Document manifest) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "write %s: a docker archive cannot hold the images of an index".formatted(location));
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "Can not copy signatures to %s: Storing signatures for docker tar files is not supported"
            .formatted(location));
  }

  @Override
  public synchronized Descriptor commit(Document document) throws IOException {
    if (!document.mediaType().isManifest()) {
      putMember(document);
    }
    var manifest = Json.read(document.bytes(), ImageManifest::from, "manifest");
    var layers = manifest.layers().stream().map(Descriptor::digest).toList();
    requireDiffIds(layers);
    images.add(manifest.config().digest(), layers, configBytes(), names);
    if (alone) {
      images.finish();
    }
    return document.descriptor();
  }

  @Override
  public @Nullable Reference reference() {
    return names.isEmpty() ? null : names.getFirst();
  }

  @Override
  public void close() throws IOException {
    if (alone) {
      images.close();
    }
  }

  /// Readers find a layer by its diff id, so a compressed one would be lost.
  private void requireDiffIds(List<Digest> layers) {
    var diffIds =
        Json.read(configBytes(), ImageConfig::from, "image configuration").rootfs().diffIds();
    if (!layers.equals(diffIds)) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the layers are not those of the configuration's diff_ids".formatted(location));
    }
  }

  private byte[] configBytes() {
    if (config == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the configuration is missing".formatted(location));
    }
    return config;
  }

  private static boolean isConfig(MediaType type) {
    return type.equals(MediaType.DOCKER_CONFIG) || type.equals(MediaType.OCI_CONFIG);
  }
}
