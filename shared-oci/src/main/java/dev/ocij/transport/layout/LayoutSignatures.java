package dev.ocij.transport.layout;

import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Referrer;
import dev.ocij.transport.SignatureArtifact;
import dev.ocij.transport.SignatureImage;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The signatures that a layout holds beside its images: entries of their own in its index.
///
/// @param medium where they are written
record LayoutSignatures(LayoutMedium medium) implements Artifact.Writer {
  /// Stores signatures of a manifest that is here, and makes them visible.
  void add(String location, Document manifest, List<Signature> signatures) throws IOException {
    var entries = new ArrayList<Descriptor>();
    var attached = new ArrayList<Signature.Sigstore>();
    for (var signature : signatures) {
      switch (signature) {
        case Signature.Sigstore sigstore -> attached.add(sigstore);
        case Signature.Bundle _, Signature.Notation _ -> entries.add(put(manifest, signature));
        case Signature.Simple _ ->
            throw new OciException(
                OciException.Category.UNSUPPORTED,
                "Can not copy signatures to %s: Pushing signatures for OCI images is not supported"
                    .formatted(location));
      }
    }
    if (!attached.isEmpty()) {
      entries.add(put(manifest.digest(), attached));
    }
    medium.name(entries, Set.of());
  }

  /// Stores attached signatures beside those that are there already.
  ///
  /// @return the entry that makes them visible
  Descriptor put(Digest manifest, List<Signature.Sigstore> added) throws IOException {
    var name = SignatureImage.tag(manifest);
    var there = medium.entries().named(name);
    var attached =
        there.isPresent()
            ? LayoutSource.attached(there.get(), medium)
            : List.<Signature.Sigstore>of();
    var image = SignatureImage.of(SignatureImage.merge(attached, added));
    return putDocument(image.write(this)).withAnnotations(Map.of(Descriptor.REF_NAME, name));
  }

  private Descriptor put(Document manifest, Signature signature) throws IOException {
    var artifact = SignatureArtifact.of(signature, manifest.descriptor()).write(this);
    putDocument(artifact);
    return Referrer.describe(artifact);
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return medium.put(blob);
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    putDocument(manifest);
  }

  @Override
  public void leaveOut(Digest member) {
    throw new IllegalStateException("signatures are kept in images, not in indexes");
  }

  @Override
  public int parallelBlobs() {
    return 1;
  }

  private Descriptor putDocument(Document document) throws IOException {
    return medium.put(Blob.of(document.mediaType(), document.bytes()));
  }
}
