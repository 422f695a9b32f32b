package dev.ocij.buildah.overlay;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TreePath;
import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.SystemCallException;
import dev.ocij.runtime.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files that a container has and no layer gets.
final class ProvidedFiles {
  private static final int READABLE = 0644;
  private static final int EXECUTABLE = 0755;

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

  /// Writes a program beside the tree, to be mounted.
  static List<Mount> bindProgram(Path directory, String path, byte[] program) throws IOException {
    var attributes = Attributes.of(EXECUTABLE, Owner.ROOT, Instant.EPOCH);
    var folder = Files.createTempDirectory(directory, "program-");
    var file = LooseCopies.ofFile(folder, program, attributes);
    return List.of(Mount.bind(file.toString(), path, "ro", "nosuid", "nodev"));
  }

  /// Writes a program into the tree. No link on the way is followed.
  static void writeProgram(Path rootfs, String path, byte[] program) throws IOException {
    var directory = Directory.open(rootfs);
    try {
      for (var name : TreePath.parent(relative(path)).split("/")) {
        makeDirectory(directory, name);
        try (var parent = directory) {
          directory = parent.openDirectory(name);
        }
      }
      directory.deleteTree(name(path));
      try (var file = directory.createFile(name(path))) {
        file.write(program, 0, program.length);
      }
      directory.setMode(name(path), EXECUTABLE);
    } finally {
      directory.close();
    }
  }

  private static void makeDirectory(Directory parent, String name) throws IOException {
    if (parent.status(name).isEmpty()) {
      parent.createDirectory(name);
      parent.setMode(name, EXECUTABLE);
    }
  }

  private static void write(Directory root, String folder, String name, byte[] content)
      throws IOException {
    makeDirectory(root, folder);
    try (var directory = root.openDirectory(folder)) {
      directory.deleteTree(name);
      try (var file = directory.createFile(name)) {
        file.write(content, 0, content.length);
      }
      directory.setMode(name, READABLE);
    } catch (SystemCallException e) {
      if (!e.is(Errno.ENOTDIR, Errno.ELOOP)) {
        throw e;
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
