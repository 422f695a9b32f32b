package dev.ocij.runtime.ownership;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.linux.FileStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The links and pipes of the layers below that are not root's: on disk they are.
///
/// @param entries by path
public record OwnersBelow(Map<String, Entry> entries) {
  public static final OwnersBelow NONE = new OwnersBelow(Map.of());

  public OwnersBelow {
    entries = Map.copyOf(entries);
  }

  /// Looks through the whole tree.
  public static OwnersBelow of(LayeredTree tree) {
    var entries = new HashMap<String, Entry>();
    collect(tree, "", entries);
    return new OwnersBelow(entries);
  }

  private static void collect(LayeredTree tree, String directory, Map<String, Entry> entries) {
    for (var entry : tree.list(directory)) {
      if (entry.isDirectory()) {
        collect(tree, entry.path(), entries);
      } else if (isLinkOrPipe(entry) && !entry.attributes().owner().equals(Owner.ROOT)) {
        entries.put(entry.path(), entry);
      }
    }
  }

  private static boolean isLinkOrPipe(Entry entry) {
    return entry.isSymlink() || entry.type() == Entry.Type.FIFO;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean has(String path) {
    return entries.containsKey(path);
  }

  /// Whose a file is that the container has not made.
  ///
  /// @param kind as [FileStatus#kind()]
  Optional<Owner> of(String path, int kind) {
    return Optional.ofNullable(entries.get(path))
        .filter(entry -> kind == (entry.isSymlink() ? FileStatus.SYMLINK : FileStatus.FIFO))
        .map(entry -> entry.attributes().owner());
  }

  /// Whose this is, where it still is what the layers have.
  Optional<Owner> of(Entry now) {
    return Optional.ofNullable(entries.get(now.path()))
        .filter(entry -> entry.type() == now.type() && entry.target().equals(now.target()))
        .map(entry -> entry.attributes().owner());
  }
}
