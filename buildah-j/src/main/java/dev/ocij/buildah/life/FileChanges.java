package dev.ocij.buildah.life;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import dev.ocij.runtime.Bundle;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a container has changed in its file system, by looking at the upper directory of its
/// overlay beside the lower ones.
public final class FileChanges {
  /// Made because something of ours is mounted there.
  private static final Set<String> OURS =
      Set.of(
          "/dev",
          "/proc",
          "/sys",
          "/run/podman-init",
          "/etc/hostname",
          "/etc/hosts",
          "/etc/resolv.conf");

  private final List<Path> lowers;
  private final List<String> lines = new ArrayList<>();

  private FileChanges(List<Path> lowers) {
    this.lowers = lowers;
  }

  /// One line each: `A`, `C` or `D` for added, changed and deleted, and the path.
  ///
  /// @throws OciException where the file system is no overlay
  public static List<String> of(Bundle bundle) throws IOException {
    var overlay =
        bundle
            .overlay()
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.UNSUPPORTED,
                    "tell the changes of a container that has no overlay: its files were copied,"
                        + " or are a folder of yours"));
    var changes = new FileChanges(overlay.lowers());
    try (var root = Directory.open(overlay.upper())) {
      changes.visit(root, "");
    }
    return List.copyOf(changes.lines);
  }

  private void visit(Directory directory, String path) throws IOException {
    for (var name : directory.list()) {
      var status = directory.status(name);
      if (status.isPresent() && !OURS.contains(path + "/" + name)) {
        add(directory, name, path + "/" + name, status.get());
      }
    }
  }

  private void add(Directory directory, String name, String path, FileStatus status)
      throws IOException {
    if (status.isOverlayWhiteout()) {
      lines.add("D " + path);
      return;
    }
    lines.add((isBelow(path) ? "C " : "A ") + path);
    if (status.isDirectory()) {
      try (var open = directory.openDirectory(name)) {
        visit(open, path);
      }
    }
  }

  /// The first lower directory that knows the name decides.
  private boolean isBelow(String path) throws IOException {
    for (var lower : lowers) {
      var found = status(lower, path);
      if (found.isPresent()) {
        return !found.get().isOverlayWhiteout();
      }
    }
    return false;
  }

  private static Optional<FileStatus> status(Path lower, String path) throws IOException {
    int slash = path.lastIndexOf('/');
    try (var parent = Directory.inRoot(lower, slash == 0 ? "/" : path.substring(0, slash))) {
      return parent.status(path.substring(slash + 1));
    } catch (SystemCallException _) {
      return Optional.empty();
    }
  }
}
