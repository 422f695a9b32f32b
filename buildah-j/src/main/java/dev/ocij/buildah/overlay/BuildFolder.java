package dev.ocij.buildah.overlay;

import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder of one build's containers, held by a lock until it is closed and removed. One that
/// nobody holds is what a build left that was killed; it goes when another build begins.
public final class BuildFolder implements Closeable {
  private static final String PREFIX = "build-";
  private static final String RUN = "run-";
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Locks.Held held;

  private BuildFolder(Path directory, Locks.Held held) {
    this.directory = directory;
    this.held = held;
  }

  /// @param containers those of the store; made where missing
  public static BuildFolder open(Path containers) throws IOException {
    Files.createDirectories(containers);
    // Nobody takes a folder for abandoned that has just been made and is not held yet.
    try (var _ = Locks.exclusive(containers.resolve(LOCK))) {
      removeAbandoned(containers);
      var directory = Files.createTempDirectory(containers, PREFIX);
      return new BuildFolder(directory, Locks.exclusive(directory.resolve(LOCK)));
    }
  }

  /// Removes what builds left that were killed.
  ///
  /// @param containers those of the store
  public static void sweep(Path containers) throws IOException {
    if (Files.isDirectory(containers) && !folders(containers).isEmpty()) {
      try (var _ = Locks.exclusive(containers.resolve(LOCK))) {
        removeAbandoned(containers);
      }
    }
  }

  /// A new folder for one container.
  public Path next() throws IOException {
    return nextIn(directory);
  }

  @Override
  public void close() throws IOException {
    try (held) {
      Trees.delete(directory);
    }
  }

  private static List<Path> folders(Path containers) throws IOException {
    try (var all = Files.list(containers)) {
      return all.filter(path -> String.valueOf(path.getFileName()).startsWith(PREFIX)).toList();
    }
  }

  private static void removeAbandoned(Path containers) throws IOException {
    for (var folder : folders(containers)) {
      removeUnlessHeld(folder);
    }
  }

  private static void removeUnlessHeld(Path folder) throws IOException {
    var free = Locks.tryExclusive(folder.resolve(LOCK));
    if (free.isPresent()) {
      try (var _ = free.get()) {
        removeRuns(folder);
        Trees.delete(folder);
      }
    }
  }

  /// Removes the folders of containers that have ended, and what control groups are left of them.
  ///
  /// @param folder that nobody else has them made in meanwhile
  public static void removeRuns(Path folder) throws IOException {
    try (var runs = Files.newDirectoryStream(folder, RUN + "*")) {
      for (var run : runs) {
        ControlGroup.find(run).ifPresent(ControlGroup::close);
        Trees.delete(run);
      }
    }
  }

  /// A new folder for one container, in the folder of something else.
  public static Path nextIn(Path folder) throws IOException {
    return Files.createTempDirectory(folder, RUN);
  }
}
