package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The directories that a layer needs: opened where they are, made where something else or nothing
/// is. One that was a directory before and is none now has been swapped by somebody.
final class MadeDirectories implements DirectoryChain.Step {
  /// What opening says where there is nothing, a file or a link.
  private static final Set<Integer> NONE =
      Set.of(SystemCallException.ENOENT, SystemCallException.ENOTDIR, SystemCallException.ELOOP);

  /// Whether each directory that was opened had to be made.
  private final Map<String, Boolean> known = new HashMap<>();

  @Override
  public Directory open(Directory parent, String path) throws IOException {
    var name = TreePath.name(path);
    try {
      var found = parent.openDirectory(name);
      known.putIfAbsent(path, false);
      return found;
    } catch (SystemCallException e) {
      refuseUnlessMissing(path, e);
    }
    parent.deleteTree(name);
    parent.createDirectory(name);
    known.put(path, true);
    return parent.openDirectory(name);
  }

  /// Whether this directory was not there before.
  boolean isMade(String path) {
    return known.getOrDefault(path, false);
  }

  /// Forgets a directory that was removed, and all that was in it.
  void forget(String removed) {
    known.keySet().removeIf(path -> TreePath.isWithin(path, removed));
  }

  private void refuseUnlessMissing(String path, SystemCallException e) throws SystemCallException {
    if (!NONE.contains(e.errno())) {
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
