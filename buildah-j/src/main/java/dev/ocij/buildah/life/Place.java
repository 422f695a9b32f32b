package dev.ocij.buildah.life;

import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A path in a root file system, to copy from or to. It is looked up inside that root, whatever
/// links a container has there.
///
/// @param root of the machine, or of a container
/// @param path as it was given
record Place(Path root, String path) {

  /// The directory that this is, or a link to one; none where it is something else, or missing.
  Optional<Directory> directory() throws IOException {
    try {
      return Optional.of(Directory.inRoot(root, path));
    } catch (SystemCallException e) {
      if (e.is(Errno.ENOENT, Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// What has this name, itself.
  Optional<FileStatus> status() throws IOException {
    try (var parent = parent()) {
      return name().isEmpty() ? Optional.empty() : parent.status(name());
    } catch (SystemCallException e) {
      if (e.is(Errno.ENOENT, Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Directory parent() throws IOException {
    var whole = trimmed();
    int slash = whole.lastIndexOf('/');
    return Directory.inRoot(root, slash <= 0 ? "/" : whole.substring(0, slash));
  }

  /// The last component; empty for the root.
  String name() {
    var whole = trimmed();
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /// Whether what is in the directory is meant, and not the directory.
  boolean isContent() {
    return path.endsWith("/.") || path.equals(".") || name().isEmpty() || name().equals("..");
  }

  /// Whether only a directory can be meant.
  boolean claimsDirectory() {
    return path.endsWith("/");
  }

  private String trimmed() {
    var whole = path.replaceAll("/+", "/");
    while (whole.endsWith("/") || whole.endsWith("/.")) {
      whole = whole.substring(0, whole.lastIndexOf('/'));
    }
    return whole;
  }
}
