package dev.ocij.buildah.cache;

import dev.ocij.spec.Digest;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/// The directories of cache mounts, which later builds on a store find again. A directory is called
/// by the digest of its id, so that no id leads anywhere else.
///
/// @param root made when the first one is
public record CacheFolders(Path root) {
  /// Fills a new directory.
  @FunctionalInterface
  public interface Filling {
    /// @param folder exists and is empty
    void fill(Path folder) throws IOException;
  }

  /// A directory in use.
  ///
  /// @param folder what the filling made
  public record Used(Path folder, Locks.Held lock) implements Closeable {
    @Override
    public void close() throws IOException {
      lock.close();
    }
  }

  /// The directory of an id, together with others that use it.
  public Used shared(String id, Filling filling) throws IOException {
    var folder = folder(id, 0);
    return made(folder, Locks.shared(lock(folder)), filling);
  }

  /// The directory of an id, when nobody else uses it any more.
  public Used locked(String id, Filling filling) throws IOException {
    var folder = folder(id, 0);
    return made(folder, Locks.exclusive(lock(folder)), filling);
  }

  /// The first directory of an id that nobody uses.
  public Used unused(String id, Filling filling) throws IOException {
    for (int number = 0; ; number++) {
      var folder = folder(id, number);
      var lock = Locks.tryExclusive(lock(folder));
      if (lock.isPresent()) {
        return made(folder, lock.get(), filling);
      }
    }
  }

  /// The directory of an id, when nobody else uses it, where there is one.
  public Optional<Used> existing(String id) throws IOException {
    var folder = folder(id, 0);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    return Optional.of(new Used(folder, Locks.exclusive(lock(folder))));
  }

  private static Used made(Path folder, Locks.Held lock, Filling filling) throws IOException {
    var held = Optional.of(lock);
    try {
      make(folder, filling);
      // So that a prune knows which are in use.
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
      held = Optional.empty();
      return new Used(folder, lock);
    } finally {
      if (held.isPresent()) {
        held.get().close();
      }
    }
  }

  /// Under another name first: a directory is filled or is not there. Those who share it do not
  /// wait for one another's work, only for this.
  private static void make(Path folder, Filling filling) throws IOException {
    try (var _ = Locks.exclusive(folder.resolveSibling(folder.getFileName() + ".new.lock"))) {
      if (!Files.isDirectory(folder)) {
        var unfinished = Files.createTempDirectory(folder.getParent(), ".new-");
        filling.fill(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private Path folder(String id, int number) throws IOException {
    Files.createDirectories(root);
    var name = Digest.of(id.getBytes(StandardCharsets.UTF_8)).hex();
    return root.resolve(number == 0 ? name : name + "-" + number);
  }

  private static Path lock(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }
}
