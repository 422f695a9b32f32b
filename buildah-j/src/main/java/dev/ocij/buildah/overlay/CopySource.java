package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A tree whose files are named by patterns, as the sources of COPY are.
public interface CopySource extends Tree {
  /// What a pattern names, sorted; its links are followed inside the tree.
  ///
  /// @throws dev.ocij.spec.OciException of category `USAGE` where that is nothing
  List<Entry> resolve(String pattern) throws IOException;

  /// What stands at a path when all links are followed inside the tree; its path is where they led.
  Optional<Entry> follow(String path) throws IOException;
}
