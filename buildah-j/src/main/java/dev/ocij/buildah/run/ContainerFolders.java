package dev.ocij.buildah.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// Where the containers of a store are: a folder for each, by its id.
record ContainerFolders(Path root) {
  private static final String ID = "[0-9a-f]{64}";
  private static final String LOCK = ".lock";
  private static final String GONE = ".gone-";

  Path of(String id) {
    return root.resolve(id);
  }

  /// What who makes or names a container holds.
  Path lock() {
    return root.resolve(LOCK);
  }

  List<Path> all() throws IOException {
    return matching(ID);
  }

  /// What is left of those that were not removed to the end.
  List<Path> gone() throws IOException {
    return matching(Pattern.quote(GONE) + ID);
  }

  /// Takes a folder from all others in one step: nobody looks for locks in what is only half there.
  ///
  /// @return where it is now
  /// @throws NoSuchFileException where somebody else was quicker
  static Path takeAway(Path directory) throws IOException {
    var gone = directory.resolveSibling(GONE + directory.getFileName());
    return Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
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
