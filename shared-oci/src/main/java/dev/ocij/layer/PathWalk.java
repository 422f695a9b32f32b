package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows a path through a tree as the kernel does in a changed root: absolute links begin at the
/// root, and `..` stays there.
///
/// @param <N> what the tree is made of
final class PathWalk<N> {
  /// As many links as containers/storage follows; the kernel gives up after 40.
  private static final int MOST_LINKS = 255;

  /// How a tree is walked.
  interface Tree<N> {
    @Nullable N child(N directory, String name);

    Entry entry(N node);
  }

  /// Where a walk ended.
  ///
  /// @param last the last node there was
  /// @param rest what was left of the path then: empty when all of it exists
  record End<N>(N last, List<String> rest) {}

  private final Tree<N> tree;
  private final Deque<N> below = new ArrayDeque<>();
  private final Deque<String> ahead = new ArrayDeque<>();
  private final N root;
  private int links;

  private PathWalk(Tree<N> tree, N root) {
    this.tree = tree;
    this.root = root;
    below.push(root);
  }

  /// @throws OciException after too many links
  static <N> End<N> follow(Tree<N> tree, N root, String path) {
    var walk = new PathWalk<>(tree, root);
    walk.ahead.addAll(TreePath.components(path));
    return walk.end(path);
  }

  private End<N> end(String path) {
    while (!ahead.isEmpty() && tree.entry(below.element()).isDirectory()) {
      if (ahead.element().equals("..")) {
        leave();
      } else {
        var next = tree.child(below.element(), ahead.element());
        if (next == null) {
          break;
        }
        ahead.pop();
        enter(next, path);
      }
    }
    return new End<>(below.element(), List.copyOf(ahead));
  }

  private void leave() {
    ahead.pop();
    if (below.size() > 1) {
      below.pop();
    }
  }

  private void enter(N next, String path) {
    var entry = tree.entry(next);
    if (!entry.isSymlink()) {
      below.push(next);
      return;
    }
    if (++links > MOST_LINKS) {
      throw new OciException(
          OciException.Category.INVALID,
          "path %s: more than %d symbolic links".formatted(Quoted.of(path), MOST_LINKS));
    }
    if (entry.target().startsWith("/")) {
      below.clear();
      below.push(root);
    }
    TreePath.components(entry.target()).reversed().forEach(ahead::push);
  }
}
