package dev.ocij.transport;

import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.trust.sigstore.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A statement that nobody signed, as an artifact that refers to the image that it is about. Its
/// layer is as BuildKit's are.
public final class StatementArtifact {
  private static final MediaType TYPE = MediaType.of(Statement.MEDIA_TYPE);
  private static final String PREDICATE_TYPE = "in-toto.io/predicate-type";

  private StatementArtifact() {}

  /// The artifact of a statement about `subject`.
  public static Image of(Statement statement, Descriptor subject) {
    var type = Map.of(PREDICATE_TYPE, statement.predicateType());
    var json = statement.toJson();
    var layer = Blob.of(TYPE, json);
    return SignatureArtifact.artifact(
        layer.withDescriptor(layer.descriptor().withAnnotations(type)),
        MediaType.OCI_EMPTY,
        subject,
        type);
  }

  /// The statements about a manifest that refer to it and that nobody signed.
  public static List<Statement> readAll(Source source, Digest manifest) throws IOException {
    var found = new ArrayList<Statement>();
    for (var entry : source.referrers(manifest)) {
      if (entry.mediaType().isManifest()) {
        var artifact = Image.of(source.member(entry), source);
        if (SignatureArtifact.type(artifact.manifest()).equals(TYPE.value())) {
          found.add(read(artifact));
        }
      }
    }
    return found;
  }

  private static Statement read(Image artifact) throws IOException {
    if (artifact.layers().size() != 1
        || !(artifact.layers().getFirst() instanceof Blob.Known layer)
        || layer.descriptor().size() > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          OciException.Category.INVALID,
          "read statement: its artifact has not one layer of at most %d bytes"
              .formatted(Json.LARGEST_DOCUMENT));
    }
    try (var in = layer.open()) {
      return Statement.parse(in.readAllBytes());
    }
  }
}
