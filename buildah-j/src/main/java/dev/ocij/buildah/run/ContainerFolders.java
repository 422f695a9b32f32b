package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// The folders that containers have, by their ids.
///
/// @param root which need not be there
record ContainerFolders(Path root) {
  private static final String ID = "[0-9a-f]{64}";
  private static final String LOCK = ".lock";
  private static final String GONE = ".gone-";

  /// The folders of containers, and of those that are being made.
  List<Path> all() throws IOException {
    return matching(ID);
  }

  /// What an [#erase] that was stopped has left.
  List<Path> rests() throws IOException {
    return matching(Pattern.quote(GONE) + ID);
  }

  Path folder(String id) {
    return root.resolve(id);
  }

  /// Held by whoever makes or renames a container, until it has a state.
  Path lock() {
    return root.resolve(LOCK);
  }

  /// In one step it is gone for all others; nobody looks for locks in what is only half there.
  static void erase(Path directory) throws IOException {
    var gone = directory.resolveSibling(GONE + directory.getFileName());
    try {
      Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      return; // Somebody else was quicker.
    }
    Trees.delete(gone);
  }

  private List<Path> matching(String pattern) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var names = Files.list(root)) {
      return names.filter(path -> String.valueOf(path.getFileName()).matches(pattern)).toList();
    }
  }
}
