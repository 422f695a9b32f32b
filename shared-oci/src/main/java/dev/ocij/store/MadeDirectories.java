package dev.ocij.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The directories that had to be made for one of them, the innermost first.
record MadeDirectories(List<Path> made) {

  /// Makes a directory and its parents where they are missing.
  static MadeDirectories of(Path directory) throws IOException {
    var missing = new ArrayList<Path>();
    for (var path = directory.toAbsolutePath();
        path != null && Files.notExists(path);
        path = path.getParent()) {
      missing.add(path);
    }
    Files.createDirectories(directory);
    return new MadeDirectories(List.copyOf(missing));
  }

  /// Removes them again, up to one that is not empty.
  void remove() throws IOException {
    for (var path : made) {
      if (!removed(path)) {
        return;
      }
    }
  }

  /// Whether a directory is gone, which it is where it was empty.
  static boolean removed(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (DirectoryNotEmptyException _) {
      return false;
    }
  }
}
