package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A media type of image-spec or Docker's schema 2, or any other, carried as it is.
///
/// @param value without parameters, in lower case
public record MediaType(@JsonValue String value) {
  public static final MediaType OCI_MANIFEST = of("application/vnd.oci.image.manifest.v1+json");
  public static final MediaType OCI_INDEX = of("application/vnd.oci.image.index.v1+json");
  public static final MediaType OCI_CONFIG = of("application/vnd.oci.image.config.v1+json");
  public static final MediaType OCI_EMPTY = of("application/vnd.oci.empty.v1+json");
  public static final MediaType OCI_LAYER = of("application/vnd.oci.image.layer.v1.tar");
  public static final MediaType OCI_LAYER_GZIP = of("application/vnd.oci.image.layer.v1.tar+gzip");
  public static final MediaType OCI_LAYER_ZSTD = of("application/vnd.oci.image.layer.v1.tar+zstd");
  public static final MediaType DOCKER_MANIFEST =
      of("application/vnd.docker.distribution.manifest.v2+json");
  public static final MediaType DOCKER_LIST =
      of("application/vnd.docker.distribution.manifest.list.v2+json");
  public static final MediaType DOCKER_CONFIG =
      of("application/vnd.docker.container.image.v1+json");
  public static final MediaType DOCKER_LAYER = of("application/vnd.docker.image.rootfs.diff.tar");
  public static final MediaType DOCKER_LAYER_GZIP =
      of("application/vnd.docker.image.rootfs.diff.tar.gzip");
  public static final MediaType DOCKER_SCHEMA1 =
      of("application/vnd.docker.distribution.manifest.v1+json");
  public static final MediaType DOCKER_SCHEMA1_SIGNED =
      of("application/vnd.docker.distribution.manifest.v1+prettyjws");

  private static final String ENCRYPTED = "+encrypted";
  private static final Set<MediaType> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
  private static final Set<MediaType> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

  /// The media type in an HTTP `Content-Type` or a JSON field; parameters are cut off.
  @JsonCreator
  public static MediaType of(String text) {
    int parameters = text.indexOf(';');
    var value = parameters < 0 ? text : text.substring(0, parameters);
    return new MediaType(value.strip().toLowerCase(Locale.ROOT));
  }

  /// Whether this is a list of manifests: an OCI index or a Docker manifest list.
  public boolean isIndex() {
    return INDEXES.contains(this);
  }

  /// Whether this is the manifest of one image, OCI or Docker schema 2.
  public boolean isManifest() {
    return MANIFESTS.contains(this);
  }

  public boolean isSchema1() {
    return equals(DOCKER_SCHEMA1) || equals(DOCKER_SCHEMA1_SIGNED);
  }

  public boolean isDocker() {
    return value.startsWith("application/vnd.docker.");
  }

  /// Whether this is a layer that registries need not hold, with its content at the descriptor's
  /// `urls`.
  public boolean isForeignLayer() {
    return value.contains(".nondistributable.") || value.contains(".rootfs.foreign.");
  }

  /// Whether this is content that was encrypted, as ocicrypt marks it.
  public boolean isEncrypted() {
    return value.endsWith(ENCRYPTED);
  }

  public MediaType encrypted() {
    return new MediaType(value + ENCRYPTED);
  }

  /// What this is once it is decrypted.
  public MediaType decrypted() {
    return isEncrypted()
        ? new MediaType(value.substring(0, value.length() - ENCRYPTED.length()))
        : this;
  }

  /// As a record would have it, without what the virtual machine spins for one at its first use:
  /// every command compares media types.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MediaType type && value.equals(type.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
