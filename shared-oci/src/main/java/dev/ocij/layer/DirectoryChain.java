package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The open directories from the root to where work goes on, so that neighbours open only what
/// differs.
final class DirectoryChain implements AutoCloseable {
  /// What opening says where there is no directory, but nothing, a file or a link.
  private static final Set<Integer> MISSING =
      Set.of(SystemCallException.ENOENT, SystemCallException.ENOTDIR, SystemCallException.ELOOP);

  private record Link(String path, Directory directory) {}

  private final Directory root;
  private final Deque<Link> open = new ArrayDeque<>();

  /// Whether each directory that was entered had to be made.
  private final Map<String, Boolean> made;

  DirectoryChain(Directory root) {
    this(root, new HashMap<>());
  }

  private DirectoryChain(Directory root, Map<String, Boolean> made) {
    this.root = root;
    this.made = made;
  }

  /// A second position in the same tree.
  DirectoryChain sibling() {
    return new DirectoryChain(root, made);
  }

  /// The open directory at this path, made with all above it where it is missing; valid until the
  /// next one is entered.
  Directory enter(String path) throws IOException {
    leaveUntil(open -> TreePath.isWithin(path, open));
    while (!current().equals(path)) {
      descend(next(path));
    }
    return directory();
  }

  /// Whether this directory was not there before.
  boolean isMade(String path) {
    return made.getOrDefault(path, false);
  }

  /// Forgets a directory that was removed, and all that was in it.
  void forget(String path) {
    leaveUntil(open -> !TreePath.isWithin(open, path));
    made.keySet().removeIf(known -> TreePath.isWithin(known, path));
  }

  @Override
  public void close() {
    open.forEach(link -> link.directory().close());
    open.clear();
  }

  private void leaveUntil(Predicate<String> stays) {
    while (!open.isEmpty() && !stays.test(open.element().path())) {
      open.pop().directory().close();
    }
  }

  private void descend(String path) throws IOException {
    open.push(new Link(path, openOrMake(path)));
  }

  private Directory openOrMake(String path) throws IOException {
    var name = TreePath.name(path);
    try {
      var found = directory().openDirectory(name);
      made.putIfAbsent(path, false);
      return found;
    } catch (SystemCallException e) {
      if (!MISSING.contains(e.errno())) {
        throw e;
      }
      if (made.containsKey(path)) {
        throw swapped(path, e);
      }
    }
    directory().deleteTree(name);
    directory().createDirectory(name);
    made.put(path, true);
    return directory().openDirectory(name);
  }

  private static OciException swapped(String path, SystemCallException e) {
    return new OciException(
        OciException.Category.INVALID,
        "unpack layer: directory %s was replaced meanwhile: %s"
            .formatted(Quoted.of(path), e.getMessage()),
        e);
  }

  /// The path one step further than the current one.
  private String next(String path) {
    int start = current().isEmpty() ? 0 : current().length() + 1;
    int end = path.indexOf('/', start);
    return end < 0 ? path : path.substring(0, end);
  }

  private String current() {
    return open.isEmpty() ? "" : open.element().path();
  }

  private Directory directory() {
    return open.isEmpty() ? root : open.element().directory();
  }
}
