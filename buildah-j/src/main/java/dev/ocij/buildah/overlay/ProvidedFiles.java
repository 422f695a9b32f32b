package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.Entry;
import dev.ocij.linux.Directory;
import dev.ocij.linux.SystemCallException;
import dev.ocij.runtime.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files that a container has and no layer gets.
final class ProvidedFiles {
  private static final int READABLE = 0644;

  private ProvidedFiles() {}

  /// Writes them beside the tree, to be mounted.
  static List<Mount> bind(Path directory, Map<String, byte[]> files) throws IOException {
    var mounts = new ArrayList<Mount>();
    for (var file : files.entrySet()) {
      var source = directory.resolve(name(file.getKey()));
      Files.write(source, file.getValue());
      mounts.add(Mount.bind(source.toString(), file.getKey(), "nosuid", "nodev", "noexec"));
    }
    return mounts;
  }

  /// Writes them into the tree. Where the image has a link in the place of the folder, the file is
  /// left out: it must not lead anywhere.
  static void write(Path rootfs, Map<String, byte[]> files) throws IOException {
    try (var root = Directory.open(rootfs)) {
      for (var file : files.entrySet()) {
        var folder = file.getKey().substring(1, file.getKey().lastIndexOf('/'));
        write(root, folder, name(file.getKey()), file.getValue());
      }
    }
  }

  private static void write(Directory root, String folder, String name, byte[] content)
      throws IOException {
    if (root.status(folder).isEmpty()) {
      root.createDirectory(folder);
      root.setMode(folder, 0755);
    }
    try (var directory = root.openDirectory(folder)) {
      directory.deleteTree(name);
      try (var file = directory.createFile(name)) {
        file.write(content, 0, content.length);
      }
      directory.setMode(name, READABLE);
    } catch (SystemCallException e) {
      if (e.errno() != SystemCallException.ENOTDIR && e.errno() != SystemCallException.ELOOP) {
        throw e;
      }
    }
  }

  /// Changes without the mount points that are empty still.
  static Changes without(Changes changes, List<String> mountPoints) {
    var made = mountPoints.stream().map(ProvidedFiles::relative).toList();
    return new Changes(
        changes.tree(),
        changes.entries().stream()
            .filter(entry -> !(made.contains(entry.path()) && isEmpty(entry)))
            .toList());
  }

  private static boolean isEmpty(Entry entry) {
    return entry.isDirectory() || entry.size() == 0;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
