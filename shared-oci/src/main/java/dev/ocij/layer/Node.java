package dev.ocij.layer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One name in the tree of a single layer.
final class Node {
  /// Where content would begin that has none.
  static final long NOWHERE = -1;

  static final PathWalk.Tree<Node> TREE =
      new PathWalk.Tree<>() {
        @Override
        public @Nullable Node child(Node directory, String name) {
          return directory.children.get(name);
        }

        @Override
        public Entry entry(Node node) {
          return node.entry;
        }
      };

  private final Entry entry;
  private final long offset;
  private final boolean listed;

  /// The entry that a hard link shares; itself for all others.
  private final Node origin;

  private final Map<String, Node> children;
  private Set<String> whiteouts = Set.of();
  private boolean opaque;

  private Node(Entry entry, long offset, boolean listed, @Nullable Node origin) {
    this(entry, offset, listed, origin, entry.isDirectory() ? new HashMap<>() : Map.of());
  }

  private Node(
      Entry entry, long offset, boolean listed, @Nullable Node origin, Map<String, Node> children) {
    this.entry = entry;
    this.offset = offset;
    this.listed = listed;
    this.origin = origin == null ? this : origin;
    this.children = children;
  }

  /// An entry of the tar.
  static Node of(Entry entry, long offset) {
    return new Node(entry, offset, true, null);
  }

  /// Another name for a node.
  static Node link(Entry entry, Node origin) {
    return new Node(entry, NOWHERE, true, origin);
  }

  /// A directory that the tar does not list, though something in it.
  static Node implied(String path) {
    return new Node(Entry.directory(path, Attributes.DIRECTORY), NOWHERE, false, null);
  }

  /// A directory of an index that was stored, which gets no more children.
  static Node stored(Entry entry, boolean listed, Map<String, Node> children) {
    return new Node(entry, NOWHERE, listed, null, children);
  }

  /// As the tar has it, under its resolved path.
  Entry entry() {
    return entry;
  }

  /// What stands here: for a hard link the file that it shares.
  Entry content() {
    return origin == this ? entry : origin.entry.withPath(entry.path());
  }

  long offset() {
    return origin.offset;
  }

  Node origin() {
    return origin;
  }

  boolean isListed() {
    return listed;
  }

  boolean isDirectory() {
    return entry.isDirectory();
  }

  Map<String, Node> children() {
    return children;
  }

  @Nullable Node child(String name) {
    return children.get(name);
  }

  /// The same entry again, later in the tar: a directory keeps what it holds.
  Node relisted(Entry again) {
    var node = of(again, NOWHERE);
    node.children.putAll(children);
    node.whiteouts = whiteouts;
    node.opaque = opaque;
    return node;
  }

  void hide(String name) {
    if (whiteouts.isEmpty()) {
      whiteouts = new HashSet<>();
    }
    whiteouts.add(name);
  }

  void hideAll() {
    opaque = true;
  }

  /// Whether this layer removes what lower ones have under the name.
  boolean hides(String name) {
    return opaque || whiteouts.contains(name);
  }

  Set<String> whiteouts() {
    return whiteouts;
  }

  boolean isOpaque() {
    return opaque;
  }
}
