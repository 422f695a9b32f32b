package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.linux.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tree on disk looked like at one moment, to find later what has changed: for trees that no
/// overlay watches over.
///
/// Some 150 bytes of memory for a name.
public final class TreeSnapshot {
  private final Path tree;
  private final Ownership ownership;

  /// By directory and name.
  private final Map<String, Map<String, FileState>> before = new HashMap<>();

  private TreeSnapshot(Path tree, Ownership ownership) {
    this.tree = tree;
    this.ownership = ownership;
  }

  /// Remembers the tree as it is now.
  public static TreeSnapshot of(Path tree, Ownership ownership) throws IOException {
    var snapshot = new TreeSnapshot(tree, ownership);
    try (var root = Directory.open(tree)) {
      snapshot.remember(root, "");
    }
    return snapshot;
  }

  /// As if the tree had been empty: all of it is a change.
  public static TreeSnapshot ofNothing(Path tree, Ownership ownership) {
    return new TreeSnapshot(tree, ownership);
  }

  /// What has changed since, with the directories that hold it; nobody may write meanwhile.
  public Changes changes() throws IOException {
    var comparison = new Comparison();
    try (var root = Directory.open(tree)) {
      comparison.visit(root, "");
    }
    comparison.entries.sort(EntryOrder.ENTRIES);
    return new Changes(tree, comparison.entries);
  }

  private void remember(Directory directory, String path) throws IOException {
    var states = new HashMap<String, FileState>();
    for (var name : directory.list()) {
      var found = Found.read(directory, name, TreePath.child(path, name));
      if (found.isPresent()) {
        states.put(name, FileState.of(found.get()));
        if (found.get().isDirectory()) {
          try (var open = directory.openDirectory(name)) {
            remember(open, found.get().path());
          }
        }
      }
    }
    before.put(path, states);
  }

  private final class Comparison {
    private final EntryReader reader = new EntryReader(ownership);
    private final List<Entry> entries = new ArrayList<>();

    /// Returns whether anything in the directory has changed.
    boolean visit(Directory directory, String path) throws IOException {
      int count = entries.size();
      var gone = new HashMap<>(before.getOrDefault(path, Map.of()));
      for (var name : directory.list()) {
        var found = Found.read(directory, name, TreePath.child(path, name));
        if (found.isPresent()) {
          compare(directory, found.get(), gone.remove(name));
        }
      }
      gone.keySet().forEach(name -> entries.add(Whiteout.entry(TreePath.child(path, name))));
      return entries.size() > count;
    }

    private void compare(Directory directory, Found found, @Nullable FileState remembered)
        throws IOException {
      boolean changed = !FileState.of(found).equals(remembered);
      if (found.isDirectory()) {
        try (var open = directory.openDirectory(found.name())) {
          changed |= visit(open, found.path());
        }
      }
      if (changed) {
        entries.add(reader.read(directory, found));
      }
    }
  }
}
