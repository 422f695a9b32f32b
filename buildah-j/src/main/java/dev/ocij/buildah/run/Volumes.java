package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The volumes of a store: folders that outlive the containers that they are mounted in.
public record Volumes(Path root) {
  private static final String CONTENT = "_data";

  /// Where the content of a volume is; may not exist.
  Path content(String name) {
    return root.resolve(name).resolve(CONTENT);
  }

  /// Makes a volume where there is none.
  ///
  /// @return whether it was made
  boolean create(String name) throws IOException {
    if (Files.isDirectory(content(name))) {
      return false;
    }
    Files.createDirectories(content(name));
    return true;
  }

  void remove(String name) throws IOException {
    Trees.delete(root.resolve(name));
  }
}
