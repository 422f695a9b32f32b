package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A tree whose files are named by patterns, as the sources of COPY are.
public interface CopySource extends Tree {
  /// What a source of COPY or ADD names, sorted; its links are followed inside the tree.
  ///
  /// @param deep whether `**` matches any number of directories, as with `--parents`
  /// @return empty where it has wildcards that match nothing
  /// @throws dev.ocij.spec.OciException of category `USAGE` where what it names is not there
  List<FoundSource> find(String source, boolean deep) throws IOException;

  /// What stands at a path when all links are followed inside the tree; its path is where they led.
  Optional<Entry> follow(String path) throws IOException;
}
