package dev.ocij.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.util.Locale;
import java.util.Set;

/// The exact bytes of a manifest or index, and its type. A copied document keeps its bytes, for its
/// digest is that of the bytes.
public final class Document {
  private static final Set<String> NOT_IN_INDEXES =
      Set.of("config", "layers", "fslayers", "history");
  private static final Set<String> NOT_IN_MANIFESTS = Set.of("manifests", "fslayers", "history");
  private static final Set<String> NOT_IN_SCHEMA1 = Set.of("manifests", "config", "layers");

  private final MediaType mediaType;
  private final byte[] bytes;
  private final byte[] identity;
  private final Digest digest;

  /// @param identity what the digest is made of
  private Document(MediaType mediaType, byte[] bytes, byte[] identity) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.identity = identity;
    this.digest = Digest.of(identity);
  }

  /// The document in these bytes. Its own `mediaType` counts; without one, `claimed` does; without
  /// either, the fields tell.
  ///
  /// @param claimed what the place it came from says of it, empty where that says nothing
  /// @throws OciException where type, claim and fields contradict each other: one document must not
  ///   be read as manifest by one tool and as index by another
  public static Document of(byte[] bytes, String claimed) {
    if (bytes.length > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          OciException.Category.INVALID,
          "read manifest: it is larger than %d bytes".formatted(Json.LARGEST_DOCUMENT));
    }
    var root = Json.readTree(bytes, "manifest");
    if (!root.isObject()) {
      throw new OciException(OciException.Category.INVALID, "read manifest: expected an object");
    }
    var type = mediaTypeOf(root, MediaType.of(claimed));
    if (type.isIndex()) {
      refuseFields(root, type, NOT_IN_INDEXES);
    } else if (type.isManifest()) {
      refuseFields(root, type, NOT_IN_MANIFESTS);
    } else if (type.isSchema1()) {
      refuseFields(root, type, NOT_IN_SCHEMA1);
    }
    boolean signed = type.equals(MediaType.DOCKER_SCHEMA1_SIGNED);
    return new Document(type, bytes, signed ? SignedPayload.of(bytes, root) : bytes);
  }

  public MediaType mediaType() {
    return mediaType;
  }

  /// The bytes; not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// By SHA-256, of the bytes; of schema 1 with signatures, of what they sign.
  public Digest digest() {
    return digest;
  }

  /// By another algorithm, of the same.
  public Digest digest(Digest.Algorithm algorithm) {
    return Digest.from(algorithm, algorithm.newHash().digest(identity));
  }

  public Descriptor descriptor() {
    return Descriptor.of(mediaType, digest, bytes.length);
  }

  /// This document, if it is the one that was asked for.
  ///
  /// @throws OciException of category `INVALID` where the bytes have another digest
  public Document verified(Digest expected) {
    var found = digest(expected.algorithm());
    if (!found.equals(expected)) {
      throw new OciException(
          OciException.Category.INVALID,
          "read manifest: expected %s, got %s".formatted(expected, found));
    }
    return this;
  }

  @Override
  public String toString() {
    return mediaType + " " + digest;
  }

  private static MediaType mediaTypeOf(JsonNode root, MediaType claimed) {
    var own = MediaType.of(root.path("mediaType").asText(""));
    boolean claimCounts = claimed.isIndex() || claimed.isManifest();
    if (!own.value().isEmpty()) {
      if (claimCounts && !claimed.equals(own)) {
        throw new OciException(
            OciException.Category.INVALID,
            "read manifest: served as %s, but its mediaType is %s".formatted(claimed, own));
      }
      if (!own.isSchema1()) {
        return own;
      }
    }
    if (claimCounts) {
      return claimed;
    }
    if (claimed.isSchema1() || root.path("schemaVersion").asInt() == 1) {
      return root.has("signatures") ? MediaType.DOCKER_SCHEMA1_SIGNED : MediaType.DOCKER_SCHEMA1;
    }
    return root.has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
  }

  /// Names are compared as Go does, in any case.
  private static void refuseFields(JsonNode root, MediaType type, Set<String> foreign) {
    for (var entry : root.properties()) {
      if (foreign.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
        throw new OciException(
            OciException.Category.INVALID,
            "read manifest: %s with the field \"%s\", which it must not have"
                .formatted(type, entry.getKey()));
      }
    }
  }
}
