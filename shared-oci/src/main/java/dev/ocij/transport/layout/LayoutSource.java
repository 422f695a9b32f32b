package dev.ocij.transport.layout;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Entries;
import dev.ocij.transport.Referrer;
import dev.ocij.transport.SignatureImage;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One image of a layout, wherever that layout is.
public final class LayoutSource implements Source {
  private final ImageIdentity identity;
  private final List<Reference> names;
  private final Entries entries;
  private final BlobSource blobs;
  private final Closeable medium;
  private final Document document;

  /// @param names complete ones
  /// @param entries what the layout named when it was opened
  /// @param medium closed with this source
  public LayoutSource(
      ImageIdentity identity,
      List<Reference> names,
      Entries entries,
      Descriptor chosen,
      BlobSource blobs,
      Closeable medium)
      throws IOException {
    this.identity = identity;
    this.names = List.copyOf(names);
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
  public List<Reference> names() {
    return names;
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

  /// Layouts have no list of them: each entry is looked into.
  @Override
  public List<Descriptor> referrers(Digest subject) throws IOException {
    var found = new ArrayList<Descriptor>();
    for (var entry : entries.all()) {
      if (entry.mediaType().isManifest() || entry.mediaType().isIndex()) {
        var manifest = Documents.read(blobs, entry);
        if (Referrer.subject(manifest).equals(Optional.of(subject))) {
          found.add(manifest.descriptor());
        }
      }
    }
    return found;
  }

  @Override
  public Optional<Document> beside(String tag) throws IOException {
    var entry = entries.named(tag);
    return entry.isEmpty() ? Optional.empty() : Optional.of(Documents.read(blobs, entry.get()));
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
