package dev.ocij.store;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The directory of one user's own images and containers.
///
/// @param root nobody else may enter it: images hold programs with set-user-id bits
public record Store(Path root) {
  /// What is remembered of a container, in its folder.
  public static final String STATE = "state.json";

  /// The names of working containers' folders begin so.
  public static final String WORKING = "working-";

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

  /// Makes the root directory, for its owner alone; one that is there and empty becomes so. Where
  /// others may enter for another reason, they may enter no folder with programs of images.
  public void create() throws IOException {
    var ownerAlone = PosixFilePermissions.fromString("rwx------");
    var created = PosixFilePermissions.asFileAttribute(ownerAlone);
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root.getParent());
      Files.createDirectories(root, created);
    } else if (!ownerAlone.containsAll(Files.getPosixFilePermissions(root))
        && !closedWhereEmpty(ownerAlone)) {
      for (var folder : List.of(containers(), volumes(), cache())) {
        Files.createDirectories(folder, created);
      }
    }
  }

  /// @return whether others may not enter it any more
  private boolean closedWhereEmpty(Set<PosixFilePermission> ownerAlone) throws IOException {
    try (var content = Files.newDirectoryStream(root)) {
      if (content.iterator().hasNext()) {
        return false;
      }
      Files.setPosixFilePermissions(root, ownerAlone);
      return true;
    } catch (FileSystemException _) {
      return false; // it is somebody else's
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

  /// The blobs that working containers stand on: what their `state.json` calls `needs`.
  ///
  /// @throws dev.ocij.spec.OciException where one cannot be understood: what it needs is not known
  ///   then, so nothing may be removed
  public Set<Digest> needed() throws IOException {
    var needed = new HashSet<Digest>();
    if (Files.isDirectory(containers())) {
      try (var folders = Files.newDirectoryStream(containers(), WORKING + "*")) {
        for (var folder : folders) {
          var state = folder.resolve(STATE);
          if (Files.isRegularFile(state)) {
            addNeeds(state, needed);
          }
        }
      }
    }
    return needed;
  }

  private static void addNeeds(Path state, Set<Digest> needed) throws IOException {
    try {
      var json = Json.readTree(Files.readAllBytes(state), state.toString());
      json.path("needs").forEach(digest -> needed.add(Digest.parse(digest.asText())));
    } catch (NoSuchFileException _) {
      // Its container has just been removed.
    }
  }

  /// Pods, a file each, and what their infra containers run in.
  public Path pods() {
    return root.resolve("pods");
  }

  /// Volumes by name: what outlives the containers that it is mounted in.
  public Path volumes() {
    return root.resolve("volumes");
  }

  /// Secrets by id, which only their owner may read.
  public Path secrets() {
    return root.resolve("secrets");
  }

  /// What builds remember; made again where it is missing.
  public Path cache() {
    return root.resolve("cache");
  }
}
