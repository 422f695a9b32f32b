package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Files that can be copied from: a build context, another stage, an unpacked archive. Paths are
/// relative and normal; the root is the empty string.
public interface Tree {
  /// What stands at this path; links are not followed.
  Optional<Entry> lookup(String path) throws IOException;

  /// What stands in this directory, sorted by name.
  List<Entry> list(String directory) throws IOException;

  /// What the names of one file have in common, and no other file has; empty where each name counts
  /// as a file of its own.
  default Optional<Object> identity(Entry file) {
    return Optional.empty();
  }

  /// The content of a file that this tree returned; the caller closes it.
  InputStream open(Entry file) throws IOException;
}
