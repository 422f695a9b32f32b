package dev.ocij.buildah.cache;

import dev.ocij.linux.Directory;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Removes what builds remember, the oldest first.
///
/// @param before only what was last used before that
/// @param kept so many bytes may stay
public record CachePrune(Instant before, long kept) {
  /// Something that can go, and when it was last used.
  private record Remembered(Path path, long size, Instant used) {}

  /// Removes records of steps.
  ///
  /// @param steps the directory of a [StepCache]
  public void pruneSteps(Path steps) throws IOException {
    for (var record : old(files(steps))) {
      Files.deleteIfExists(record.path());
    }
  }

  /// Removes the directories of cache mounts that nobody uses at this moment.
  ///
  /// @param mounts the root of [CacheFolders]
  public void pruneMounts(Path mounts) throws IOException {
    for (var folder : old(folders(mounts))) {
      var lock = folder.path().resolveSibling(folder.path().getFileName() + ".lock");
      var free = Locks.tryExclusive(lock);
      if (free.isPresent()) {
        try (var _ = free.get();
            var parent = Directory.open(mounts)) {
          parent.deleteTree(String.valueOf(folder.path().getFileName()));
        }
      }
    }
  }

  /// Those that are old enough, as many as must go.
  private List<Remembered> old(List<Remembered> all) {
    long left = all.stream().mapToLong(Remembered::size).sum();
    var chosen = new ArrayList<Remembered>();
    for (var each : all.stream().sorted(Comparator.comparing(Remembered::used)).toList()) {
      if (left > kept && each.used().isBefore(before)) {
        chosen.add(each);
        left -= each.size();
      }
    }
    return chosen;
  }

  private static List<Remembered> files(Path directory) throws IOException {
    var found = new ArrayList<Remembered>();
    for (var path : list(directory)) {
      if (Files.isRegularFile(path)) {
        found.add(new Remembered(path, Files.size(path), used(path)));
      }
    }
    return found;
  }

  private static List<Remembered> folders(Path directory) throws IOException {
    var found = new ArrayList<Remembered>();
    for (var path : list(directory)) {
      if (Files.isDirectory(path)) {
        found.add(new Remembered(path, size(path), used(path)));
      }
    }
    return found;
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var all = Files.list(directory)) {
      return all.toList();
    }
  }

  private static Instant used(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  /// What other ids own and nobody else may read is not counted.
  private static long size(Path folder) throws IOException {
    var sum = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException || !Files.isReadable(file)) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return sum[0];
  }
}
