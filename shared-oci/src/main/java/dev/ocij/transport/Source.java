package dev.ocij.transport;

import dev.ocij.image.Artifact;
import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.image.Schema1;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Candidate;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One image of a medium, open for reading, by any number of threads. It delivers bytes; all
/// meaning is derived here, once.
public interface Source extends BlobSource, Closeable {
  ImageIdentity identity();

  /// The names that the image has at its place, complete, for whoever stores it elsewhere.
  default List<Reference> names() {
    var reference = identity().reference();
    return reference == null ? List.of() : List.of(reference);
  }

  /// The document that the name leads to: always the same bytes while this source is open, so that
  /// what was verified is what is used.
  Document document() throws IOException;

  /// The document of an entry of an index, verified by its digest.
  Document member(Descriptor descriptor) throws IOException;

  /// The signatures stored beside the manifest with this digest; empty where there are none.
  List<Signature> signatures(Digest manifest) throws IOException;

  /// The manifests that name this one as their subject, as far as the place knows.
  default List<Descriptor> referrers(Digest subject) throws IOException {
    return List.of();
  }

  /// The document under another tag of the same place; empty where there is none.
  default Optional<Document> beside(String tag) throws IOException {
    return Optional.empty();
  }

  /// The signatures among them.
  default List<Signature> referring(Digest manifest) throws IOException {
    return SignatureArtifact.readAll(this, manifest);
  }

  /// All tags of the repository that this image is in; empty where the medium has none.
  default List<String> repositoryTags() throws IOException {
    return List.of();
  }

  /// The artifact behind the name.
  default Artifact read() throws IOException {
    return artifact(document());
  }

  /// What a policy judges: an artifact that was read from here.
  default Candidate candidate(Artifact artifact) {
    var document = artifact.original();
    if (document == null) {
      throw new IllegalArgumentException("an edited artifact is no longer the source's");
    }
    return new Candidate(
        identity(),
        artifact,
        document,
        new Candidate.Signatures() {
          @Override
          public List<Signature> beside() throws IOException {
            return signatures(document.digest());
          }

          @Override
          public List<Signature> referring() throws IOException {
            return Source.this.referring(document.digest());
          }
        });
  }

  /// The artifact in a document that was read from here.
  default Artifact artifact(Document document) throws IOException {
    var type = document.mediaType();
    if (type.isIndex()) {
      return Index.of(document, descriptor -> artifact(member(descriptor)));
    }
    if (type.isManifest()) {
      return Image.of(document, this);
    }
    if (type.isSchema1()) {
      return Schema1.of(document, this);
    }
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "read manifest: the media type \"%s\" is not implemented yet".formatted(type));
  }
}
