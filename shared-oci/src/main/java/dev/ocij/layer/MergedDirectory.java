package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.linux.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// One directory of several folders as an overlay would show it: the open directories that are in
/// it, topmost first.
final class MergedDirectory implements AutoCloseable {
  private final String path;
  private final List<Directory> parts;
  private final Whiteouts marks;

  private MergedDirectory(String path, List<Directory> parts, Whiteouts marks) {
    this.path = path;
    this.parts = parts;
    this.marks = marks;
  }

  static MergedDirectory open(List<Path> folders, Whiteouts marks) throws IOException {
    var opened = new MergedDirectory("", new ArrayList<>(), marks);
    try {
      for (var folder : folders) {
        opened.parts.add(Directory.open(folder));
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /// What is seen under one name, and where it really is.
  record Child(Directory holder, Found found) {}

  SortedSet<String> names() throws IOException {
    var names = new TreeSet<String>();
    for (var part : parts) {
      names.addAll(part.list());
    }
    return names;
  }

  Optional<Child> child(String name) throws IOException {
    for (var part : parts) {
      var found = Found.read(part, name, TreePath.child(path, name));
      if (found.isPresent()) {
        return found
            .filter(each -> !each.status().isOverlayWhiteout())
            .map(each -> new Child(part, each));
      }
    }
    return Optional.empty();
  }

  /// The topmost of the directories, which has the attributes of the merged one.
  Directory top() {
    return parts.getFirst();
  }

  /// @param name of a child that is a directory
  MergedDirectory enter(String name) throws IOException {
    var below = new MergedDirectory(TreePath.child(path, name), new ArrayList<>(), marks);
    try {
      for (var part : parts) {
        var found = Found.read(part, name, below.path);
        if (found.isPresent() && !found.get().isDirectory()) {
          break;
        }
        if (found.isPresent()) {
          below.parts.add(part.openDirectory(name));
          if (found.get().xattrs().containsKey(marks.xattr("opaque"))) {
            break;
          }
        }
      }
      return below;
    } catch (IOException e) {
      below.close();
      throw e;
    }
  }

  @Override
  public void close() {
    parts.forEach(Directory::close);
  }
}
