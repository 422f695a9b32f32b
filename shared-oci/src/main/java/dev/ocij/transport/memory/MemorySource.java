package dev.ocij.transport.memory;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

/// An image in memory.
record MemorySource(MemoryTransport.Stored stored) implements Source {
  @Override
  public ImageIdentity identity() {
    return new ImageIdentity("memory", null, List.of());
  }

  @Override
  public Document document() {
    return stored.document();
  }

  @Override
  public Document member(Descriptor descriptor) {
    return Document.of(bytes(descriptor), descriptor.mediaType().value())
        .verified(descriptor.digest());
  }

  @Override
  public List<Signature> signatures(Digest manifest) {
    return stored.signatures().getOrDefault(manifest, List.of());
  }

  @Override
  public InputStream open(Descriptor descriptor) {
    return new ByteArrayInputStream(bytes(descriptor));
  }

  @Override
  public void close() {}

  private byte[] bytes(Descriptor descriptor) {
    var bytes = stored.blobs().get(descriptor.digest());
    if (bytes == null) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open blob %s: no such blob".formatted(descriptor.digest()));
    }
    return bytes;
  }
}
