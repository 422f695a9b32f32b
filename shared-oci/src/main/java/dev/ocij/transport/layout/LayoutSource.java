package dev.ocij.transport.layout;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Entries;
import dev.ocij.transport.SignatureImage;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One image of a layout, wherever that layout is.
public final class LayoutSource implements Source {
  private final ImageIdentity identity;
  private final Entries entries;
  private final BlobSource blobs;
  private final Closeable medium;
  private final Document document;

  /// @param entries what the layout named when it was opened
  /// @param medium closed with this source
  public LayoutSource(
      ImageIdentity identity,
      Entries entries,
      Descriptor chosen,
      BlobSource blobs,
      Closeable medium)
      throws IOException {
    this.identity = identity;
    this.entries = entries;
    this.blobs = blobs;
    this.medium = medium;
    this.document = Documents.read(blobs, chosen);
  }

  @Override
  public ImageIdentity identity() {
    return identity;
  }

  @Override
  public Document document() {
    return document;
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    return Documents.read(blobs, descriptor);
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    var entry = entries.named(SignatureImage.tag(manifest));
    return entry.isEmpty() ? List.of() : List.copyOf(attached(entry.get(), blobs));
  }

  @Override
  public List<Signature> referring(Digest manifest) throws IOException {
    return LayoutSignatures.referring(entries, blobs, manifest);
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return blobs.open(descriptor);
  }

  @Override
  public void close() throws IOException {
    medium.close();
  }

  /// The signatures in the image that an entry names.
  static List<Signature.Sigstore> attached(Descriptor entry, BlobSource blobs) throws IOException {
    return SignatureImage.read(Image.of(Documents.read(blobs, entry), blobs));
  }
}
