package dev.ocij.transport;

import dev.ocij.image.Compression;
import dev.ocij.spec.MediaType;
import dev.ocij.trust.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a place can hold.
///
/// @param documents the manifest types it takes, the preferred one first; empty for any but schema
///   1
/// @param layers which compression layers must have here; null where they stay as they are
/// @param plainLayers whether layers without compression may stay so
/// @param signatures the signature types it can store
public record Accepts(
    List<MediaType> documents,
    @Nullable Compression layers,
    boolean plainLayers,
    List<Class<? extends Signature>> signatures) {
  public Accepts {
    documents = List.copyOf(documents);
    signatures = List.copyOf(signatures);
  }

  /// All manifest types, schema 1 too.
  public static final List<MediaType> EVERY_DOCUMENT =
      List.of(
          MediaType.OCI_MANIFEST,
          MediaType.OCI_INDEX,
          MediaType.DOCKER_MANIFEST,
          MediaType.DOCKER_LIST,
          MediaType.DOCKER_SCHEMA1_SIGNED,
          MediaType.DOCKER_SCHEMA1);

  /// All signatures that there are.
  public static final List<Class<? extends Signature>> EVERY_SIGNATURE =
      List.of(
          Signature.Simple.class,
          Signature.Sigstore.class,
          Signature.Bundle.class,
          Signature.Notation.class);

  public boolean takes(MediaType document) {
    return documents.isEmpty() ? !document.isSchema1() : documents.contains(document);
  }
}
