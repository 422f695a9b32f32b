package dev.ocij.transport.registry;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.transport.SignatureArtifact;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The artifacts that refer to manifests of a repository. A registry that does not list them has
/// the list under a tag that its clients keep: distribution-spec, "Referrers Tag Schema".
record Referrers(RegistryClient client) {
  private static final int MOST = 100;
  private static final int LONGEST_ALGORITHM = 32;
  private static final int LONGEST_HEX = 64;

  /// The signatures among the artifacts that refer to a manifest. What an entry says of its type
  /// may be wrong where clients keep the list, so that the artifact itself decides.
  List<Signature> signatures(BlobSource blobs, Digest manifest) throws IOException {
    var found = new ArrayList<Signature>();
    for (var entry : list(manifest)) {
      if (entry.mediaType().isManifest() && SignatureArtifact.mayBe(entry.artifactType())) {
        requireFew(found, manifest);
        var document = client.manifest(entry.digest().toString());
        SignatureArtifact.read(Image.of(document, blobs), manifest).ifPresent(found::add);
      }
    }
    return found;
  }

  /// Stores a signature as an artifact that refers to `subject`.
  void add(RegistrySink sink, Descriptor subject, Signature signature) throws IOException {
    var artifact = SignatureArtifact.of(signature, subject);
    var written = artifact.write(sink);
    if (!client.putReferrer(written)) {
      list(subject.digest(), entry(artifact, written));
    }
  }

  private List<Descriptor> list(Digest manifest) throws IOException {
    var listed = client.referrers(manifest);
    return listed.isPresent() ? listed.get() : tagged(manifest);
  }

  /// Appends to the list that clients keep.
  private void list(Digest manifest, Descriptor added) throws IOException {
    var all = new ArrayList<>(tagged(manifest));
    if (all.stream().noneMatch(entry -> entry.digest().equals(added.digest()))) {
      all.add(added);
      var index = Json.write(ImageIndex.of(MediaType.OCI_INDEX, all));
      client.putManifest(tag(manifest), Document.of(index, ""));
    }
  }

  private List<Descriptor> tagged(Digest manifest) throws IOException {
    try {
      var document = client.manifest(tag(manifest));
      return Json.read(document.bytes(), ImageIndex.class, "referrers").manifests();
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private static Descriptor entry(Image artifact, Document written) {
    var manifest = artifact.manifest();
    return written
        .descriptor()
        .withArtifactType(SignatureArtifact.type(manifest))
        .withAnnotations(manifest.annotations());
  }

  private static void requireFew(List<Signature> found, Digest manifest) {
    if (found.size() == MOST) {
      throw new OciException(
          OciException.Category.INVALID,
          "read signatures of %s: there are more than %d".formatted(manifest, MOST));
    }
  }

  private static String tag(Digest manifest) {
    return cut(manifest.algorithm().prefix(), LONGEST_ALGORITHM)
        + "-"
        + cut(manifest.hex(), LONGEST_HEX);
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(text.length(), length));
  }
}
