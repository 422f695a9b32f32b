package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What stands on disk under one name.
///
/// @param path of the name in its tree
/// @param xattrs all that can be read, those of overlays too
record Found(String path, FileStatus status, Map<String, byte[]> xattrs) {
  /// What has this name in an open directory, if anything has that an archive can hold: a socket
  /// lives with its process only.
  static Optional<Found> read(Directory directory, String name, String path) throws IOException {
    var status = directory.status(name).filter(s -> s.kind() != FileStatus.SOCKET);
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(path, status.get(), directory.xattrs(name)));
  }

  String name() {
    return TreePath.name(path);
  }

  boolean isDirectory() {
    return status.isDirectory();
  }
}
