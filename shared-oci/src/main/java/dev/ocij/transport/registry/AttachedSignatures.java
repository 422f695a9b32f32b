package dev.ocij.transport.registry;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Image;
import dev.ocij.spec.Digest;
import dev.ocij.transport.SignatureImage;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;

/// The signatures that cosign attached to a manifest: read only when somebody asks, for each look
/// costs a request.
final class AttachedSignatures {
  private AttachedSignatures() {}

  /// @return empty where the repository has none for this manifest
  static List<Signature.Sigstore> read(RegistryClient client, BlobSource blobs, Digest manifest)
      throws IOException {
    var document = client.manifests().find(SignatureImage.tag(manifest));
    return document.isEmpty() ? List.of() : SignatureImage.read(Image.of(document.get(), blobs));
  }
}
