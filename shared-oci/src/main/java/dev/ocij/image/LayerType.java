package dev.ocij.image;

import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the media type of a layer says: whose format it is, and how it is compressed.
public record LayerType(Format format, Compression compression) {
  /// Whose layer, and whether registries hold it: those of a `FOREIGN` format, which OCI calls
  /// non-distributable, need not be there.
  public enum Format {
    OCI("application/vnd.oci.image.layer.v1.tar"),
    OCI_FOREIGN("application/vnd.oci.image.layer.nondistributable.v1.tar"),
    DOCKER("application/vnd.docker.image.rootfs.diff.tar"),
    DOCKER_FOREIGN("application/vnd.docker.image.rootfs.foreign.diff.tar");

    private final String plain;

    Format(String plain) {
      this.plain = plain;
    }

    private boolean isDocker() {
      return this == DOCKER || this == DOCKER_FOREIGN;
    }

    private Format in(boolean docker) {
      return switch (this) {
        case OCI, DOCKER -> docker ? DOCKER : OCI;
        case OCI_FOREIGN, DOCKER_FOREIGN -> docker ? DOCKER_FOREIGN : OCI_FOREIGN;
      };
    }
  }

  /// The layer type in a media type; null for anything that is not a layer of an image, or whose
  /// compression is not known.
  public static @Nullable LayerType of(MediaType type) {
    return Arrays.stream(Format.values())
        .filter(format -> type.value().startsWith(format.plain))
        .findFirst()
        .map(format -> of(format, type.value().substring(format.plain.length())))
        .orElse(null);
  }

  public boolean docker() {
    return format.isDocker();
  }

  /// The media type.
  ///
  /// @throws OciException of category `UNSUPPORTED` where the format has no name for it
  public MediaType mediaType() {
    return switch (compression) {
      case NONE -> MediaType.of(format.plain);
      case GZIP -> MediaType.of(format.plain + (docker() ? ".gzip" : "+gzip"));
      case ZSTD -> {
        if (docker()) {
          throw unknown();
        }
        yield MediaType.of(format.plain + "+zstd");
      }
      case XZ, BZIP2 -> throw unknown();
    };
  }

  public LayerType as(Compression changed) {
    return new LayerType(format, changed);
  }

  public LayerType inDocker(boolean docker) {
    return new LayerType(format.in(docker), compression);
  }

  private static @Nullable LayerType of(Format format, String suffix) {
    return switch (suffix) {
      case "" -> new LayerType(format, Compression.NONE);
      case "+gzip", ".gzip" -> new LayerType(format, Compression.GZIP);
      case "+zstd", ".zstd" -> new LayerType(format, Compression.ZSTD);
      default -> null;
    };
  }

  private OciException unknown() {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "name a layer: %s has no %s layers; gzip is in each format"
            .formatted(docker() ? "Docker's format" : "OCI", compression));
  }
}
