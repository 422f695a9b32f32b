package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;

/// What one package manager, or one language, leaves in images, and what it tells.
interface Catalog {
  /// Whether a file is one of those that tell.
  boolean tells(String path);

  /// The packages that it tells of.
  ///
  /// @param file one that [#tells]
  /// @throws dev.ocij.spec.OciException where it cannot be understood: a bill without what it tells
  ///   of would be wrong
  List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException;
}
