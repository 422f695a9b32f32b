package dev.ocij.store;

import dev.ocij.linux.Directory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A snapshot in the making, under a name that nobody looks for and with a lock that nobody else
/// has. Closing it before it is complete removes it.
final class PendingSnapshot implements Closeable {
  /// What is half made or half gone is called so.
  static final String PREFIX = ".tmp-";

  private static final String LOCK = ".lock";

  private final Path tree;
  private final Path pending;
  private final Locks.Held lock;

  private PendingSnapshot(Path tree, Locks.Held lock) {
    this.tree = tree;
    this.pending = tree.resolveSibling(PREFIX + tree.getFileName());
    this.lock = lock;
  }

  /// Waits for others who make the same; empty when one of them has.
  ///
  /// @param tree the name that it shall get, in a directory that exists
  static Optional<PendingSnapshot> of(Path tree) throws IOException {
    var snapshot = new PendingSnapshot(tree, Locks.exclusive(lock(tree)));
    if (Files.isDirectory(tree)) {
      snapshot.close();
      return Optional.empty();
    }
    return Optional.of(snapshot);
  }

  /// Removes what dead processes have left in a directory of snapshots.
  static void sweep(Path directory) throws IOException {
    try (var leftovers = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (var leftover : leftovers) {
        var name = leftover.getFileName().toString().substring(PREFIX.length());
        var tree = directory.resolve(name);
        var held = Locks.tryExclusive(lock(tree));
        if (held.isPresent()) {
          new PendingSnapshot(tree, held.get()).close();
        }
      }
    }
  }

  /// The name that it shall get.
  Path tree() {
    return tree;
  }

  /// An empty directory to unpack into; what a dead process left there goes.
  Path start() throws IOException {
    discard();
    return Files.createDirectory(pending);
  }

  /// The directory that [#start] made.
  Path pending() {
    return pending;
  }

  /// Gives it its name.
  void complete() throws IOException {
    Files.move(pending, tree, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      discard();
    }
  }

  private void discard() throws IOException {
    try (var directory = Directory.open(pending.resolveSibling(""))) {
      directory.deleteTree(pending.getFileName().toString());
    }
  }

  private static Path lock(Path tree) {
    return tree.resolveSibling(tree.getFileName() + LOCK);
  }
}
