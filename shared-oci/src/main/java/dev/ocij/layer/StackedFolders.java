package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Unpacked layers seen as one tree without a mount: what an overlay of them would show.
///
/// @param folders topmost first, which nobody changes
/// @param rules by which they were unpacked
public record StackedFolders(List<Path> folders, UnpackRules rules) {
  private static final int LARGEST_TEXT = 1 << 20;
  private static final int MOST_LINKS = 40;

  public StackedFolders {
    folders = List.copyOf(folders);
  }

  /// Makes a tree of its own that holds the same. Content is shared with the folders where the file
  /// system can do that.
  ///
  /// @param from the directory to copy, no link on the way; the empty path is all
  /// @param target exists and is empty; gets the attributes of the directory too
  /// @return false where there is no such directory
  public boolean copyTo(String from, Path target) throws IOException {
    return copyTo(from, target, owner -> owner);
  }

  /// As [#copyTo(String, Path)], with other owners.
  public boolean copyTo(String from, Path target, UnaryOperator<Owner> owners) throws IOException {
    var directories = new ArrayDeque<MergedDirectory>();
    directories.push(MergedDirectory.open(folders, rules.whiteouts()));
    try (var root = Directory.open(target);
        var copy = new TreeCopy(root, rules.ownership(), owners)) {
      if (!descend(directories, from)) {
        return false;
      }
      copy.copy(directories.element(), from);
      return true;
    } finally {
      directories.forEach(MergedDirectory::close);
    }
  }

  private static boolean descend(Deque<MergedDirectory> directories, String path)
      throws IOException {
    for (var name : TreePath.components(path)) {
      var child = directories.element().child(name);
      if (child.isEmpty() || !child.get().found().isDirectory()) {
        return false;
      }
      directories.push(directories.element().enter(name));
    }
    return true;
  }

  /// The text of a small file, where there is one; links are followed inside the tree.
  ///
  /// @throws OciException where it is longer than such a file may be
  public Optional<String> read(String path) {
    var directories = new ArrayDeque<MergedDirectory>();
    try {
      directories.push(MergedDirectory.open(folders, rules.whiteouts()));
      return walk(directories, new ArrayList<>(List.of(path.split("/"))));
    } catch (IOException e) {
      throw failure(OciException.Category.IO, path, Reason.of(e));
    } finally {
      directories.forEach(MergedDirectory::close);
    }
  }

  /// Follows links inside the tree, as somebody whose root it is would.
  private static Optional<String> walk(Deque<MergedDirectory> directories, List<String> names)
      throws IOException {
    int links = 0;
    while (!names.isEmpty()) {
      var name = names.removeFirst();
      if (name.equals("..") && directories.size() > 1) {
        directories.pop().close();
      }
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        continue;
      }
      var child = directories.element().child(name);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      var status = child.get().found().status();
      if (status.kind() == FileStatus.SYMLINK) {
        if (++links > MOST_LINKS) {
          return Optional.empty();
        }
        follow(child.get().holder().readSymlink(name), directories, names);
      } else if (status.isDirectory()) {
        directories.push(directories.element().enter(name));
      } else {
        return names.isEmpty() && status.isFile()
            ? Optional.of(text(child.get()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void follow(String link, Deque<MergedDirectory> directories, List<String> names) {
    names.addAll(0, List.of(link.split("/")));
    while (link.startsWith("/") && directories.size() > 1) {
      directories.pop().close();
    }
  }

  private static String text(MergedDirectory.Child file) throws IOException {
    if (file.found().status().size() > LARGEST_TEXT) {
      throw failure(
          OciException.Category.INVALID,
          file.found().path(),
          "larger than %d bytes".formatted(LARGEST_TEXT));
    }
    try (var content = file.holder().openFile(file.found().name()).content()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (SystemCallException e) {
      throw failure(OciException.Category.IO, file.found().path(), Reason.of(e));
    }
  }

  private static OciException failure(OciException.Category category, String path, String found) {
    return new OciException(category, "read %s of the image: %s".formatted(Quoted.of(path), found));
  }
}
