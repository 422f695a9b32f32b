package dev.ocij.layer;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.InputStream;

/// What stands where inside one layer tar: a tree of its entries, each with the place of its
/// content. Some 300 bytes of memory for an entry, none for content.
public final class TarIndex {
  private final Node root;

  private TarIndex(Node root) {
    this.root = root;
  }

  /// Reads a plain tar to its end, once. The stream is not closed.
  ///
  /// @throws OciException where the tar is malformed, or an entry leaves the root or replaces it
  public static TarIndex read(InputStream tar) throws IOException {
    var nodes = new LayerNodes();
    var reader = new TarReader(tar);
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      nodes.add(entry, reader.offset());
    }
    return of(nodes);
  }

  static TarIndex of(LayerNodes nodes) {
    return new TarIndex(nodes.root());
  }

  Node root() {
    return root;
  }
}
