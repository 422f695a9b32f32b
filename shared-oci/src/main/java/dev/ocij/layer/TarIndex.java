package dev.ocij.layer;

import dev.ocij.image.FileSlice;
import dev.ocij.spec.OciException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// What stands where inside one layer tar: a tree of its entries, each with the place of its
/// content. Some 300 bytes of memory for an entry, none for content; of an index in a file only
/// what is asked for.
public final class TarIndex {
  private final Node root;

  private TarIndex(Node root) {
    this.root = root;
  }

  /// Reads a plain tar to its end, once. The stream is not closed.
  ///
  /// @throws OciException where the tar is malformed, or an entry leaves the root or replaces it
  public static TarIndex read(InputStream tar) throws IOException {
    return read(new TarReader(tar));
  }

  /// Reads a plain tar in a file, content aside: nothing of that is verified.
  ///
  /// @throws OciException as [#read(InputStream)]
  public static TarIndex read(Path tar) throws IOException {
    try (var channel = FileChannel.open(tar)) {
      var headers = new BufferedInputStream(new FileSlice(channel, 0, channel.size()));
      return read(TarReader.skipping(headers));
    }
  }

  private static TarIndex read(TarReader reader) throws IOException {
    var nodes = new LayerNodes();
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      nodes.add(entry, reader.offset());
    }
    return of(nodes);
  }

  /// The index in a file that [#writeTo] has written; empty where it is no whole one of this layer
  /// and of the form that is written now.
  ///
  /// @param layer as it was written
  public static Optional<TarIndex> stored(Path file, String layer) throws IOException {
    try (var channel = FileChannel.open(file)) {
      long size = channel.size();
      return size > StoredIndex.LARGEST
          ? Optional.empty()
          : StoredIndex.root(channel.map(FileChannel.MapMode.READ_ONLY, 0, size), layer)
              .map(TarIndex::new);
    }
  }

  /// Writes this for [#stored]: some 40 bytes for an entry.
  ///
  /// @param layer tells this index from others
  public void writeTo(OutputStream file, String layer) throws IOException {
    var out = new IndexOutput(file);
    out.plain(StoredIndex.head(layer));
    out.fixed(new TarIndexWriter(out).write(root));
    out.end();
  }

  static TarIndex of(LayerNodes nodes) {
    return new TarIndex(nodes.root());
  }

  Node root() {
    return root;
  }
}
