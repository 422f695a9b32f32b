package dev.ocij.edit;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.image.LayerType;
import dev.ocij.image.Schema1;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.util.Map;
import java.util.function.UnaryOperator;

/// All edits. None reads a blob before the edited image is written.
public final class Edits {
  private Edits() {}

  // Lambdas of Edit, which stand here because no cache keeps those of an interface.

  static Edit nothing() {
    return artifact -> artifact;
  }

  static Edit sequence(Edit first, Edit second) {
    return artifact -> second.apply(first.apply(artifact));
  }

  static Edit each(UnaryOperator<Image> change) {
    return artifact -> artifact.mapImages(change);
  }

  /// OCI documents and media types. Configurations keep their bytes, and so the image id: what only
  /// Docker defines in them stays.
  public static Edit asOci() {
    return format(false);
  }

  /// Docker schema 2 documents and media types; zstd layers become gzip, which is all that format
  /// knows.
  public static Edit asDocker() {
    return Edit.ofImages(Edits::zstdToGzip).andThen(format(true));
  }

  /// Docker schema 1, whose layers are all gzipped.
  public static Edit asSchema1() {
    return recompress(Compression.GZIP, Compression.DEFAULT_LEVEL)
        .andThen(Edit.ofImages(Edits::imageAsSchema1));
  }

  private static Image imageAsSchema1(Image image) {
    var type = image.manifest().mediaType();
    return type != null && type.isSchema1() ? image : Schema1.toSchema1(imageAs(true, image));
  }

  /// Layers without compression become compressed, the others stay.
  public static Edit compressPlain(Compression compression, int level) {
    return layers(
        blob -> isLayer(blob, Compression.NONE) ? Recompressed.of(blob, compression, level) : blob);
  }

  /// All layers get this compression; those that have it stay.
  public static Edit recompress(Compression compression, int level) {
    return layers(blob -> Recompressed.of(blob, compression, level));
  }

  /// Layers get the format `zstd:chunked`; those that have it stay.
  ///
  /// @param plainOnly whether only layers without compression get it
  public static Edit chunk(int level, boolean plainOnly) {
    return layers(
        blob -> plainOnly && !isLayer(blob, Compression.NONE) ? blob : Chunked.of(blob, level));
  }

  /// OCI documents for images with zstd layers, which Docker's format has no name for.
  public static Edit asOciForZstd() {
    return Edit.ofImages(image ->
        image.layers().stream().anyMatch(blob -> isLayer(blob, Compression.ZSTD))
            ? imageAs(false, image)
            : image);
  }

  /// What is no image has layers of its own kind, whatever their type says: they stay.
  private static Edit layers(UnaryOperator<Blob> change) {
    return Edit.ofImages(image -> image.manifest().isImage() ? withLayers(image, change) : image);
  }

  private static Image withLayers(Image image, UnaryOperator<Blob> change) {
    var changed = image.layers().stream().map(change).toList();
    return changed.equals(image.layers()) ? image : image.withBlobs(image.config(), changed);
  }

  private static Image zstdToGzip(Image image) {
    return withLayers(
        image,
        blob ->
            isLayer(blob, Compression.ZSTD)
                ? Recompressed.of(blob, Compression.GZIP, Compression.DEFAULT_LEVEL)
                : blob);
  }

  private static boolean isLayer(Blob blob, Compression compression) {
    var type = LayerType.of(blob.mediaType());
    return type != null && type.compression() == compression;
  }

  private static Edit format(boolean docker) {
    return Edit.ofImages(image -> imageAs(docker, image));
  }

  private static Image imageAs(boolean docker, Image image) {
    var wanted = docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
    if (wanted.equals(image.manifest().mediaType())) {
      return image;
    }
    if (!image.manifest().isImage()) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "convert an artifact of type %s: only images can be converted; copy it without --format, to where artifacts are kept as they are"
              .formatted(image.manifest().type()));
    }
    var config = retyped(image.config(), docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG);
    var layers = image.layers().stream().map(blob -> layerAs(docker, blob)).toList();
    var manifest = image.manifest();
    return image
        .withManifest(
            docker
                ? ImageManifest.of(wanted, manifest.config(), manifest.layers())
                : manifest.withMediaType(wanted))
        .withBlobs(config, layers);
  }

  private static Blob layerAs(boolean docker, Blob blob) {
    if (docker && blob.mediaType().isEncrypted()) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "convert to Docker's format: it has no encrypted layers; decrypt them with"
              + " --decryption-key, or write OCI");
    }
    var type = LayerType.of(blob.mediaType());
    return type == null ? blob : retyped(blob, type.inDocker(docker).mediaType());
  }

  /// Docker's descriptors have no annotations.
  private static Blob retyped(Blob blob, MediaType type) {
    return switch (blob) {
      case Blob.Known known -> {
        var descriptor = known.descriptor().withMediaType(type);
        yield known.withDescriptor(
            type.isDocker() ? descriptor.withAnnotations(Map.of()) : descriptor);
      }
      case Blob.Fresh fresh ->
          new Blob.Fresh(
              type, fresh.origin(), fresh.opener(), type.isDocker() ? Map::of : fresh.notes());
    };
  }
}
