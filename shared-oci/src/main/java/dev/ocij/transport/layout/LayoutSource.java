package dev.ocij.transport.layout;

import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.ImageStore;
import dev.ocij.transport.SignatureImage;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One image of a layout. Its entry is chosen once; a name that moves on meanwhile changes nothing.
///
/// @param identity what a policy knows this place by
public record LayoutSource(ImageIdentity identity, ImageStore store, Descriptor entry)
    implements Source {
  @Override
  public Document document() throws IOException {
    return store.read(entry);
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    return store.read(descriptor);
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return store.blobs().open(descriptor);
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    return List.copyOf(attached(store, manifest));
  }

  /// The signatures that are kept beside a manifest of this layout.
  static List<Signature.Sigstore> attached(ImageStore store, Digest manifest) throws IOException {
    var entry = store.find(SignatureImage.tag(manifest));
    return entry.isEmpty()
        ? List.of()
        : SignatureImage.read(Image.of(store.read(entry.get()), store.blobs()));
  }

  @Override
  public void close() {}
}
