package dev.ocij.transport;

import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A signature as an artifact of its own, whose manifest names as its subject what was signed:
/// image-spec, "Guidelines for Artifact Usage".
public final class SignatureArtifact {
  private static final int MOST = 100;
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> TYPES =
      Set.of(Signature.Bundle.MEDIA_TYPE, Signature.Notation.ARTIFACT_TYPE);

  private SignatureArtifact() {}

  /// Whether signatures are stored under this type of artifact; one that nobody states may be.
  private static boolean mayBe(@Nullable String artifactType) {
    return artifactType == null
        || TYPES.contains(artifactType)
        || artifactType.equals(MediaType.OCI_EMPTY.value());
  }

  /// The artifact that holds a signature of `subject`.
  ///
  /// @throws OciException where signatures of its format are stored otherwise
  public static Image of(Signature signature, Descriptor subject) {
    return switch (signature) {
      case Signature.Bundle(var json, var annotations) ->
          artifact(
              Blob.of(MediaType.of(Signature.Bundle.MEDIA_TYPE), json),
              MediaType.OCI_EMPTY,
              subject,
              annotations);
      case Signature.Notation(var type, var envelope, var annotations) ->
          artifact(
              Blob.of(MediaType.of(type), envelope),
              MediaType.of(Signature.Notation.ARTIFACT_TYPE),
              subject,
              annotations);
      case Signature.Simple _, Signature.Sigstore _ ->
          throw new IllegalArgumentException("not stored as an artifact: " + signature.kind());
    };
  }

  /// The signatures among the artifacts that refer to a manifest. What an entry says of its type
  /// may be wrong where clients keep the list, so that the artifact itself decides.
  static List<Signature> readAll(Source source, Digest manifest) throws IOException {
    var found = new ArrayList<Signature>();
    for (var entry : source.referrers(manifest)) {
      if (entry.mediaType().isManifest() && mayBe(entry.artifactType())) {
        requireFew(found, manifest);
        read(Image.of(source.member(entry), source), manifest).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  /// The signature in an artifact; empty where it is none, or of something else.
  private static Optional<Signature> read(Image artifact, Digest subject) throws IOException {
    var manifest = artifact.manifest();
    if (manifest.subject() == null
        || !manifest.subject().digest().equals(subject)
        || artifact.layers().size() != 1
        || !(artifact.layers().getFirst() instanceof Blob.Known layer)
        || !TYPES.contains(type(manifest))) {
      return Optional.empty();
    }
    if (layer.descriptor().size() > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          OciException.Category.INVALID,
          "read signatures of %s: one of %d bytes; refused"
              .formatted(subject, layer.descriptor().size()));
    }
    try (var in = layer.open()) {
      return signature(layer, in.readAllBytes(), manifest);
    }
  }

  private static void requireFew(List<Signature> found, Digest manifest) {
    if (found.size() == MOST) {
      throw new OciException(
          OciException.Category.INVALID,
          "read signatures of %s: there are more than %d".formatted(manifest, MOST));
    }
  }

  /// The type of an artifact: its own, or in older manners that of its configuration.
  public static String type(ImageManifest manifest) {
    return manifest.artifactType() == null
        ? manifest.config().mediaType().value()
        : manifest.artifactType();
  }

  /// @param config the type of the empty configuration; the artifact's own where it says something
  static Image artifact(
      Blob.Known layer, MediaType config, Descriptor subject, Map<String, String> annotations) {
    var empty = Blob.of(config, EMPTY);
    var manifest =
        new ImageManifest(
            2,
            MediaType.OCI_MANIFEST,
            config.equals(MediaType.OCI_EMPTY) ? layer.mediaType().value() : null,
            empty.descriptor(),
            List.of(),
            subject,
            new TreeMap<>(annotations));
    return Image.of(MediaType.OCI_MANIFEST, empty, List.of(layer)).withManifest(manifest);
  }

  private static Optional<Signature> signature(
      Blob.Known layer, byte[] content, ImageManifest manifest) {
    var type = layer.mediaType().value();
    if (type.equals(Signature.Bundle.MEDIA_TYPE)) {
      return Optional.of(new Signature.Bundle(content, manifest.annotations()));
    }
    return Signature.Notation.MEDIA_TYPES.contains(type)
            && type(manifest).equals(Signature.Notation.ARTIFACT_TYPE)
        ? Optional.of(new Signature.Notation(type, content, manifest.annotations()))
        : Optional.empty();
  }
}
