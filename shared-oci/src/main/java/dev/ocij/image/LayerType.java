package dev.ocij.image;

import dev.ocij.spec.MediaType;
import org.jspecify.annotations.Nullable;

/// What the media type of a layer says: whose format, and how it is compressed.
public record LayerType(boolean docker, Compression compression) {
  /// The layer type in a media type; null for anything that is not a layer of an image, or whose
  /// compression is not known.
  public static @Nullable LayerType of(MediaType type) {
    var value = type.value();
    if (value.equals("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")) {
      return new LayerType(true, Compression.GZIP);
    }
    if (value.startsWith(MediaType.DOCKER_LAYER.value())) {
      return of(true, value.substring(MediaType.DOCKER_LAYER.value().length()));
    }
    int tar = value.indexOf(".tar");
    return value.startsWith("application/vnd.oci.image.layer.") && tar > 0
        ? of(false, value.substring(tar + ".tar".length()))
        : null;
  }

  /// The media type of a layer that registries hold.
  ///
  /// @throws IllegalArgumentException for what Docker's format has no name for
  public MediaType mediaType() {
    return switch (compression) {
      case NONE -> docker ? MediaType.DOCKER_LAYER : MediaType.OCI_LAYER;
      case GZIP -> docker ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP;
      case ZSTD -> {
        if (docker) {
          throw new IllegalArgumentException("Docker's format has no zstd layers");
        }
        yield MediaType.OCI_LAYER_ZSTD;
      }
      case XZ, BZIP2 -> throw new IllegalArgumentException("no layer is stored as " + compression);
    };
  }

  public LayerType as(Compression changed) {
    return new LayerType(docker, changed);
  }

  public LayerType inDocker(boolean changed) {
    return new LayerType(changed, compression);
  }

  private static @Nullable LayerType of(boolean docker, String suffix) {
    return switch (suffix) {
      case "" -> new LayerType(docker, Compression.NONE);
      case "+gzip", ".gzip" -> new LayerType(docker, Compression.GZIP);
      case "+zstd", ".zstd" -> new LayerType(docker, Compression.ZSTD);
      default -> null;
    };
  }
}
