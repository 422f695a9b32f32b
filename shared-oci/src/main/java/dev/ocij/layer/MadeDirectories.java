package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The directories that a layer needs: opened where they are, made where something else or nothing
/// is. One that was a directory before and is none now has been swapped by somebody.
final class MadeDirectories implements DirectoryChain.Step {
  /// The directories that were opened, with the time that each had before; none if it was made.
  private final Map<String, Optional<Instant>> known = new HashMap<>();

  /// @param root is there already
  MadeDirectories(Directory root) throws IOException {
    known.put("", mtime(root));
  }

  @Override
  public Directory open(Directory parent, String path) throws IOException {
    var name = TreePath.name(path);
    try {
      var found = parent.openDirectory(name);
      if (!known.containsKey(path)) {
        known.put(path, mtime(found));
      }
      return found;
    } catch (SystemCallException e) {
      refuseUnlessMissing(path, e);
    }
    parent.deleteTree(name);
    parent.createDirectory(name);
    known.put(path, Optional.empty());
    return parent.openDirectory(name);
  }

  /// The time of content that this directory had before; empty if it was not there.
  Optional<Instant> timeBefore(String path) {
    return known.getOrDefault(path, Optional.empty());
  }

  /// Forgets a directory that was removed, and all that was in it.
  void forget(String removed) {
    known.keySet().removeIf(path -> TreePath.isWithin(path, removed));
  }

  private static Optional<Instant> mtime(Directory directory) throws IOException {
    return directory.status(".").map(FileStatus::mtime);
  }

  private void refuseUnlessMissing(String path, SystemCallException e) throws SystemCallException {
    if (!e.findsNoDirectory()) {
      throw e;
    }
    if (known.containsKey(path)) {
      throw new OciException(
          OciException.Category.INVALID,
          "unpack layer: directory %s was replaced meanwhile: %s"
              .formatted(Quoted.of(path), e.getMessage()),
          e);
    }
  }
}
