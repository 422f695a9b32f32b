package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import org.jspecify.annotations.Nullable;

/// The tree of one layer as it grows entry by entry, and the rules for what an entry may do.
///
/// A layer stands alone: parents that it does not list are directories. Links that it made itself
/// are followed on the way to an entry, inside the root, as when it was packed; links of layers
/// below never are.
final class LayerNodes {
  /// More names than any image has; each takes some 300 bytes.
  private static final int MOST = 4_000_000;

  private Node root = Node.implied("");

  /// The directory of the entry before, for most entries stand beside it. Nothing that it was
  /// reached by has been replaced since.
  private @Nullable Node last;

  private String lastPath = "";
  private int count;

  Node root() {
    return root;
  }

  /// Puts an entry in its place and returns it there; for a whiteout the directory that it marks. A
  /// later entry replaces an earlier one of the same path, with all it held unless both are
  /// directories.
  ///
  /// @param offset of the content in the tar
  Node add(Entry entry, long offset) {
    if (++count > MOST) {
      throw invalid(entry, "there are more than %d entries before it".formatted(MOST));
    }
    if (entry.path().isEmpty()) {
      root = root.relisted(entry);
      last = null;
      return root;
    }
    if (Whiteout.isWhiteout(entry.path())) {
      return addWhiteout(entry);
    }
    var parent = directory(entry.parent(), entry);
    var placed = entry.withPath(TreePath.child(parent.entry().path(), entry.name()));
    var node = node(placed, offset, parent.child(entry.name()));
    if (parent.children().put(entry.name(), node) != null) {
      last = null;
    }
    return node;
  }

  private Node addWhiteout(Entry entry) {
    var directory = directory(entry.parent(), entry);
    if (Whiteout.isOpaque(entry.path())) {
      directory.hideAll();
    } else {
      directory.hide(TreePath.name(Whiteout.target(entry.path())));
    }
    return directory;
  }

  private Node node(Entry entry, long offset, @Nullable Node before) {
    if (entry.type() == Entry.Type.HARDLINK) {
      return link(entry);
    }
    return entry.isDirectory() && before != null && before.isDirectory()
        ? before.relisted(entry)
        : Node.of(entry, offset);
  }

  private Node link(Entry entry) {
    var target = entry.target();
    var parent = directory(TreePath.parent(target), entry);
    var origin = parent.child(TreePath.name(target));
    if (origin == null || origin.isDirectory() || origin.entry().path().equals(entry.path())) {
      throw invalid(
          entry, "it links to %s, which this layer has no file at".formatted(Quoted.of(target)));
    }
    var placed =
        new Entry(
            entry.path(), entry.type(), entry.attributes(), 0, origin.entry().path(), Device.NONE);
    return Node.link(placed, origin.origin());
  }

  /// The directory at this path, made where the layer does not list it.
  private Node directory(String path, Entry needing) {
    if (last == null || !path.equals(lastPath)) {
      last = walk(path, needing);
      lastPath = path;
    }
    return last;
  }

  private Node walk(String path, Entry needing) {
    var end = PathWalk.follow(Node.TREE, root, path);
    var directory = end.last();
    if (!directory.isDirectory()) {
      throw invalid(needing, "%s is no directory".formatted(Quoted.of(directory.entry().path())));
    }
    for (var name : TreePath.components(TreePath.normalize(String.join("/", end.rest())))) {
      var made = Node.implied(TreePath.child(directory.entry().path(), name));
      directory.children().put(name, made);
      directory = made;
    }
    return directory;
  }

  private static OciException invalid(Entry entry, String found) {
    return new OciException(
        OciException.Category.INVALID,
        "layer entry %s: %s".formatted(Quoted.of(entry.path()), found));
  }
}
