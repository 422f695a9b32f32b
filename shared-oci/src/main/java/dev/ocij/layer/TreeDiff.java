package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the upper directory of an overlay as the changes that it holds, without looking at the
/// layers on disk.
///
/// Removed names become whiteouts; an opaque directory becomes one whiteout for each name that it
/// hides, as image-spec recommends. Two names of one file stay hard links; sockets are left out.
public final class TreeDiff {
  private final UnpackRules rules;
  private final LayeredTree below;
  private final EntryReader reader;
  private final List<Entry> entries = new ArrayList<>();

  private TreeDiff(UnpackRules rules, LayeredTree below) {
    this.rules = rules;
    this.below = below;
    this.reader = new EntryReader(rules.ownership());
  }

  /// The changes in an upper directory.
  ///
  /// @param upper of an overlay that is not in use
  /// @param below the layers that the overlay was mounted over
  /// @throws OciException where the overlay was mounted with `redirect_dir` or `metacopy`, which
  ///   leave only a reference in the upper directory
  public static Changes ofUpper(Path upper, UnpackRules rules, LayeredTree below)
      throws IOException {
    var diff = new TreeDiff(rules, below);
    try (var root = Directory.open(upper)) {
      diff.visit(root, "", false);
    }
    diff.entries.sort(EntryOrder.ENTRIES);
    return new Changes(upper, diff.entries);
  }

  /// @param opaque whether this directory or one above hides what the layers below have in it
  private void visit(Directory directory, String path, boolean opaque) throws IOException {
    var names = new HashSet<String>();
    for (var name : directory.list()) {
      var found = Found.read(directory, name, TreePath.child(path, name));
      if (found.isPresent()) {
        names.add(name);
        add(directory, found.get(), opaque);
      }
    }
    if (opaque) {
      hideAllBut(names, path);
    }
  }

  private void add(Directory directory, Found found, boolean opaque) throws IOException {
    if (found.status().isOverlayWhiteout()) {
      entries.add(Whiteout.entry(found.path()));
      return;
    }
    refuseReference(found);
    entries.add(reader.read(directory, found));
    if (found.isDirectory()) {
      try (var open = directory.openDirectory(found.name())) {
        visit(open, found.path(), opaque || isOpaque(found));
      }
    }
  }

  private void hideAllBut(Set<String> names, String directory) {
    below.list(directory).stream()
        .filter(hidden -> !names.contains(hidden.name()))
        .forEach(hidden -> entries.add(Whiteout.entry(hidden.path())));
  }

  private boolean isOpaque(Found found) {
    return found.xattrs().containsKey(rules.whiteouts().xattr("opaque"));
  }

  private void refuseReference(Found found) {
    for (var reference : List.of("redirect", "metacopy")) {
      if (found.xattrs().containsKey(rules.whiteouts().xattr(reference))) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "read changes: %s only refers to another place; mount without redirect_dir and metacopy"
                .formatted(Quoted.of(found.path())));
      }
    }
  }
}
