package dev.ocij.transport.registry;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Image;
import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.SignatureImage;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The signatures of a repository's images, wherever they are: attached to them in the registry,
/// kept by the registry itself, or in a place beside it.
///
/// @param attachments whether those attached count, and may be added to
record RegistrySignatures(
    Reference reference, RegistryClient client, Lookaside lookaside, boolean attachments) {
  /// @param blobs where attached signatures are read
  List<Signature> read(BlobSource blobs, Digest manifest) throws IOException {
    var all = new ArrayList<Signature>(beside(manifest));
    if (attachments) {
      all.addAll(AttachedSignatures.read(client, blobs, manifest));
    }
    return List.copyOf(all);
  }

  /// Adds signatures to those that are there; none is there twice.
  void add(RegistrySink sink, Digest manifest, List<Signature> signatures) throws IOException {
    if (signatures.stream().anyMatch(Signature::refers)) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "Can not copy signatures to docker://%s: they refer to what is not there yet"
              .formatted(reference));
    }
    var simple = of(Signature.Simple.class, signatures);
    var attached = of(Signature.Sigstore.class, signatures);
    if (!attached.isEmpty()) {
      attach(sink, manifest, attached);
    }
    if (!simple.isEmpty()) {
      if (client.keepsSignatures()) {
        new SignatureExtension(client).add(manifest, simple);
      } else {
        lookaside.add(manifest, simple);
      }
    }
  }

  private List<? extends Signature> beside(Digest manifest) throws IOException {
    return client.keepsSignatures()
        ? new SignatureExtension(client).read(manifest)
        : lookaside.read(manifest);
  }

  private void attach(RegistrySink sink, Digest manifest, List<Signature.Sigstore> added)
      throws IOException {
    if (!attachments) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "Can not copy signatures to docker://%s: use-sigstore-attachments is false in registries.d"
              .formatted(reference));
    }
    var there = AttachedSignatures.read(client, sink.blobs(), manifest);
    var merged = SignatureImage.merge(there, added);
    if (!merged.equals(there)) {
      Image image = SignatureImage.of(merged);
      client.manifests().put(SignatureImage.tag(manifest), image.write(sink));
    }
  }

  private static <S extends Signature> List<S> of(Class<S> type, List<Signature> signatures) {
    return signatures.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
