package dev.ocij.transport.layout;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.ImageStore;
import dev.ocij.store.Locks;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.SignatureImage;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one image into a layout, as image-layout asks: blobs, then the entry in `index.json`.
/// Cosign's signatures become an image beside it, which other tools read as they are.
///
/// @param location as typed, for messages
/// @param name of the new entry; null for one without
/// @param accepts what this layout takes
/// @param use keeps what is written from being pruned until this is closed
public record LayoutSink(
    String location, ImageStore store, @Nullable String name, Accepts accepts, Locks.Held use)
    implements Sink {
  private static final List<MediaType> OCI = List.of(MediaType.OCI_MANIFEST, MediaType.OCI_INDEX);

  /// A sink for OCI documents.
  static LayoutSink ofOci(
      String location, ImageStore store, @Nullable String name, boolean plainLayers)
      throws IOException {
    var accepts = new Accepts(OCI, null, plainLayers, List.of(Signature.Sigstore.class));
    return new LayoutSink(location, store, name, accepts, store.use());
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return store.blobs().put(blob);
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    put(manifest);
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) throws IOException {
    var added = signatures.stream().map(this::sigstore).toList();
    var all = SignatureImage.merge(LayoutSource.attached(store, manifest), added);
    var written = SignatureImage.of(all).write(this);
    put(written);
    store.name(written.descriptor(), SignatureImage.tag(manifest));
  }

  @Override
  public Descriptor commit(Document document) throws IOException {
    put(document);
    store.name(document.descriptor(), name);
    return document.descriptor();
  }

  @Override
  public void close() throws IOException {
    use.close();
  }

  private void put(Document document) throws IOException {
    store
        .blobs()
        .put(
            new Blob.Known(
                document.descriptor(), () -> new ByteArrayInputStream(document.bytes())));
  }

  private Signature.Sigstore sigstore(Signature signature) {
    return switch (signature) {
      case Signature.Sigstore sigstore -> sigstore;
      case Signature.Simple _ ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "Can not copy signatures to %s: Pushing signatures for OCI images is not supported; leave them behind with --remove-signatures"
                  .formatted(location));
    };
  }
}
