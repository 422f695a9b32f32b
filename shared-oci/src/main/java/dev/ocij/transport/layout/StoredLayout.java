package dev.ocij.transport.layout;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Entries;
import dev.ocij.store.ImageStore;
import dev.ocij.store.Locks;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/// A layout in a directory, in use until it is closed.
///
/// @param keeping whether an image stays that loses its last name
public record StoredLayout(ImageStore store, Locks.Held use, boolean keeping)
    implements LayoutMedium {
  /// A layout like any other; one that had to be made, and that nothing came into, goes at the end.
  public static StoredLayout of(ImageStore store) throws IOException {
    return new StoredLayout(store, store.useWithoutTrace(), false);
  }

  /// A layout whose images stay when another takes their name.
  public static StoredLayout keeping(ImageStore store) throws IOException {
    return new StoredLayout(store, store.use(), true);
  }

  /// Adds signatures of a manifest that is here.
  public void sign(String location, Document manifest, List<Signature> signatures)
      throws IOException {
    new LayoutSignatures(this).add(location, manifest, signatures);
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return store.blobs().put(blob);
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return store.blobs().open(descriptor);
  }

  @Override
  public Entries entries() throws IOException {
    return store.exists() ? store.entries() : new Entries(List.of());
  }

  @Override
  public boolean takesSparseIndexes() {
    return !keeping; // images that are run must be whole
  }

  @Override
  public boolean takesForeignLayers() {
    return !keeping;
  }

  @Override
  public void name(List<Descriptor> entries, Set<Digest> leftOut) throws IOException {
    if (keeping) {
      store.putKeeping(entries);
    } else {
      store.put(entries, leftOut);
    }
  }

  @Override
  public void close() throws IOException {
    use.close();
  }
}
