package dev.ocij.transport.layout;

import dev.ocij.image.Blob;
import dev.ocij.image.BlobSource;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Entries;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// What a layout is written to: a directory or an archive.
public interface LayoutMedium extends BlobSource, Closeable {
  /// Stores a blob, verified; one that is there whole is not opened.
  Descriptor put(Blob blob) throws IOException;

  /// What the layout names now; nothing where there is none yet.
  Entries entries() throws IOException;

  /// Whether an index may stay that names what is not here.
  boolean takesSparseIndexes();

  /// Whether a layer may be missing that is kept elsewhere.
  boolean takesForeignLayers();

  /// Makes entries visible, all at once and on disk.
  ///
  /// @param leftOut what is not there on purpose
  /// @throws dev.ocij.spec.OciException of category `INVALID` where a blob below them is missing
  void name(List<Descriptor> entries, Set<Digest> leftOut) throws IOException;
}
