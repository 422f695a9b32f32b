package dev.ocij.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One path as a stack of layers shows it.
///
/// @param parts the nodes that share the path, topmost first: several only for directories
record MergedNode(List<Part> parts) {
  static final PathWalk.Tree<MergedNode> TREE =
      new PathWalk.Tree<>() {
        @Override
        public @Nullable MergedNode child(MergedNode directory, String name) {
          return directory.child(name);
        }

        @Override
        public Entry entry(MergedNode node) {
          return node.entry();
        }
      };

  /// A node and the tar that its content is in.
  record Part(Node node, TarContent content) {}

  /// What stands here: of directories the topmost that its layer lists.
  Entry entry() {
    return parts.stream()
        .filter(p -> p.node().isListed())
        .findFirst()
        .orElse(parts.getFirst())
        .node()
        .content();
  }

  Part top() {
    return parts.getFirst();
  }

  /// A directory goes on into the layers below until one of them is opaque or hides the name, or
  /// has something else there; a whiteout never hides what its own layer has.
  @Nullable MergedNode child(String name) {
    var found = new ArrayList<Part>();
    for (var part : parts) {
      var child = part.node().child(name);
      if (child != null && !child.isDirectory()) {
        if (found.isEmpty()) {
          found.add(new Part(child, part.content()));
        }
        break;
      }
      if (child != null) {
        found.add(new Part(child, part.content()));
      }
      if (part.node().hides(name)) {
        break;
      }
    }
    return found.isEmpty() ? null : new MergedNode(List.copyOf(found));
  }

  /// The entries of this directory by name.
  List<Entry> list() {
    var names = new TreeSet<String>();
    parts.forEach(p -> names.addAll(p.node().children().keySet()));
    var entries = new ArrayList<Entry>();
    for (var name : names) {
      var child = child(name);
      if (child != null) {
        entries.add(child.entry());
      }
    }
    return List.copyOf(entries);
  }
}
