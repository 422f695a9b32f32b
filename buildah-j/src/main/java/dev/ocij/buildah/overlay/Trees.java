package dev.ocij.buildah.overlay;

import dev.ocij.linux.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whole trees on disk.
public final class Trees {
  private Trees() {}

  /// Removes a directory and all below, whatever the names and modes; links are removed, not
  /// followed.
  public static void delete(Path directory) throws IOException {
    var parent = directory.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    try (var open = Directory.open(parent)) {
      open.deleteTree(String.valueOf(directory.getFileName()));
    }
  }
}
