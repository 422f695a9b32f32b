package dev.ocij.buildah.podman.system;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many bytes the files of a tree have, links not followed.
final class DiskUse {
  private DiskUse() {}

  /// Zero where there is no such folder.
  static long of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var directory = Directory.open(folder)) {
      return of(directory);
    }
  }

  private static long of(Directory directory) throws IOException {
    long bytes = 0;
    for (var name : directory.list()) {
      var status = directory.status(name);
      if (status.isPresent() && status.get().isDirectory()) {
        try (var below = directory.openDirectory(name)) {
          bytes += of(below);
        }
      } else if (status.isPresent() && status.get().kind() == FileStatus.FILE) {
        bytes += status.get().size();
      }
    }
    return bytes;
  }
}
