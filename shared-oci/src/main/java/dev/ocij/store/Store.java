package dev.ocij.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// The root directory of the local store. Nothing is made before it is written to.
///
/// @param root readable by its owner alone: layers hold files of any mode
public record Store(Path root) {
  /// The user's own store: `$XDG_DATA_HOME/ocij`, else `~/.local/share/ocij`.
  public static Store ofUser(Map<String, String> environment) {
    var data = environment.get("XDG_DATA_HOME");
    var home = environment.getOrDefault("HOME", "/");
    return new Store(
        data == null || data.isEmpty()
            ? Path.of(home, ".local/share/ocij")
            : Path.of(data, "ocij"));
  }

  /// The images, as an OCI layout that any tool can read.
  public ImageStore images() {
    return ImageStore.at(root.resolve("images"));
  }

  /// What build steps gave, by cache key.
  public Path cache() {
    return root.resolve("cache");
  }

  /// Working and running containers.
  public Path containers() {
    return root.resolve("containers");
  }

  /// Extracted layers.
  public Path snapshots() {
    return root.resolve("snapshots");
  }

  /// Makes the root, for its owner alone.
  public void create() throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root.toAbsolutePath().getParent());
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
