package dev.ocij.layer;

import dev.ocij.linux.Directory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/// The open directories from the root to where work goes on, so that neighbours open only what
/// differs.
final class DirectoryChain implements AutoCloseable {
  /// How one step down is made.
  @FunctionalInterface
  interface Step {
    /// @param path of the directory to open, whose last component is a name in `parent`
    Directory open(Directory parent, String path) throws IOException;
  }

  private record Link(String path, Directory directory) {}

  private final Directory root;
  private final Step step;
  private final Deque<Link> open = new ArrayDeque<>();

  /// @param root stays open until the caller closes it
  DirectoryChain(Directory root, Step step) {
    this.root = root;
    this.step = step;
  }

  /// A chain through what is there.
  static DirectoryChain existing(Directory root) {
    return new DirectoryChain(root, (parent, path) -> parent.openDirectory(TreePath.name(path)));
  }

  /// The open directory at this path, valid until the next one is entered.
  Directory enter(String path) throws IOException {
    leaveUntil(open -> TreePath.isWithin(path, open));
    while (!here().equals(path)) {
      var next = next(path);
      open.push(new Link(next, step.open(directory(), next)));
    }
    return directory();
  }

  /// Closes what is open of a directory that was removed.
  void forget(String removed) {
    leaveUntil(open -> !TreePath.isWithin(open, removed));
  }

  @Override
  public void close() {
    leaveUntil(_ -> false);
  }

  private void leaveUntil(Predicate<String> stays) {
    while (!open.isEmpty() && !stays.test(here())) {
      open.pop().directory().close();
    }
  }

  /// The path one step further than here.
  private String next(String path) {
    int start = here().isEmpty() ? 0 : here().length() + 1;
    int end = path.indexOf('/', start);
    return end < 0 ? path : path.substring(0, end);
  }

  private String here() {
    return open.isEmpty() ? "" : open.element().path();
  }

  private Directory directory() {
    return open.isEmpty() ? root : open.element().directory();
  }
}
