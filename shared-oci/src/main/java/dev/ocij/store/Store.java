package dev.ocij.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// The directory of one user's own images and containers.
///
/// @param root nobody else may enter it: images hold programs with set-user-id bits
public record Store(Path root) {
  /// The store in this directory, which need not exist: only [#create] makes it.
  public static Store open(Path root) {
    return new Store(root.toAbsolutePath().normalize());
  }

  /// The store of the user whose environment this is: `$XDG_DATA_HOME/ocij`, else
  /// `~/.local/share/ocij`.
  public static Store open(Map<String, String> environment) {
    var data = environment.getOrDefault("XDG_DATA_HOME", "");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return open(
        Path.of(data).isAbsolute()
            ? Path.of(data, "ocij")
            : Path.of(home, ".local", "share", "ocij"));
  }

  /// Makes the root directory, for its owner alone.
  public void create() throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root.getParent());
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /// The images, by name.
  public ImageStore images() {
    return ImageStore.of(root.resolve("images"));
  }

  /// Layers unpacked by chain id; made again where they are missing.
  public Path snapshots() {
    return root.resolve("snapshots");
  }

  /// Working and running containers.
  public Path containers() {
    return root.resolve("containers");
  }

  /// Volumes by name: what outlives the containers that it is mounted in.
  public Path volumes() {
    return root.resolve("volumes");
  }

  /// What builds remember; made again where it is missing.
  public Path cache() {
    return root.resolve("cache");
  }
}
