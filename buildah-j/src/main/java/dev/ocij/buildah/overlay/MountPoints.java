package dev.ocij.buildah.overlay;

import dev.ocij.layer.Changes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreePath;
import dev.ocij.linux.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the mounts of a container leave in its tree: the places that were made for them, as long as
/// nobody put anything there, and the new times of the folders around.
///
/// @param made for the mounts
/// @param around the folders that these are in
record MountPoints(Set<String> made, Set<String> around) {
  static MountPoints of(List<String> made) {
    var paths = made.stream().map(MountPoints::relative).collect(Collectors.toSet());
    var around = new HashSet<String>();
    for (var path : paths) {
      for (var up = TreePath.parent(path); !up.isEmpty(); up = TreePath.parent(up)) {
        around.add(up);
      }
    }
    return new MountPoints(paths, around);
  }

  /// With the folders around that were made too.
  ///
  /// @param isNew whether the image has no such path
  static MountPoints withParents(List<String> mounted, Predicate<String> isNew) {
    var made = new ArrayList<>(mounted);
    for (var path : mounted) {
      for (var up = TreePath.parent(relative(path)); !up.isEmpty(); up = TreePath.parent(up)) {
        if (isNew.test(up)) {
          made.add("/" + up);
        }
      }
    }
    return of(made);
  }

  /// Those of the changes that no command made, what is inside before what is around.
  List<Entry> in(Changes changes, LayeredTree below) {
    var kept = new HashSet<String>();
    return changes.entries().reversed().stream()
        .filter(entry -> {
          boolean left =
              !kept.contains(entry.path()) && (isMade(entry) || isOnlyTouched(entry, below));
          if (!left) {
            keep(entry, kept);
          }
          return left;
        })
        .toList();
  }

  /// Removes these from the tree that they stand in; there is nothing inside them.
  static void remove(List<Entry> left, Path tree) throws IOException {
    for (var entry : left) {
      var directory = Directory.open(tree);
      try {
        for (var name : entry.parent().isEmpty() ? new String[0] : entry.parent().split("/")) {
          try (var parent = directory) {
            directory = parent.openDirectory(name);
          }
        }
        directory.deleteTree(entry.name());
      } finally {
        directory.close();
      }
    }
  }

  /// Those of the changes that were made for mounts, and nobody put anything there.
  List<Entry> made(Changes changes, LayeredTree below) {
    return in(changes, below).stream().filter(this::isMade).toList();
  }

  private static void keep(Entry entry, Set<String> kept) {
    for (var up = entry.parent(); !up.isEmpty(); up = TreePath.parent(up)) {
      kept.add(up);
    }
  }

  private boolean isMade(Entry entry) {
    return made.contains(entry.path()) && (entry.isDirectory() || entry.size() == 0);
  }

  private boolean isOnlyTouched(Entry entry, LayeredTree below) {
    return entry.isDirectory()
        && around.contains(entry.path())
        && below
            .lookup(entry.path())
            .filter(Entry::isDirectory)
            .map(there -> timeless(there).equals(timeless(entry)))
            .orElse(false);
  }

  private static Object timeless(Entry entry) {
    return entry.attributes().withMtime(Instant.EPOCH);
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
