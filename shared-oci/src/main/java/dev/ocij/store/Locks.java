package dev.ocij.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Locks on files, between processes and between the threads of this one.
///
/// A lock file stays where it is when nobody holds it: removing it would let two processes hold
/// locks on two files of one name, unless it says first that it goes ([#remove]). Nothing else may
/// open it, for closing any descriptor of a file ends all locks that its process has there.
public final class Locks {
  private static final Map<Path, LockFile> FILES = new ConcurrentHashMap<>();

  private Locks() {}

  /// A lock that is held until it is closed, by whichever thread.
  public interface Held extends Closeable {
    @Override
    void close() throws IOException;
  }

  /// Waits, for ever if need be, until nobody else holds a lock on the file.
  public static Held exclusive(Path file) throws IOException {
    return of(file).exclusive();
  }

  /// Waits until nobody holds an exclusive lock on the file.
  public static Held shared(Path file) throws IOException {
    return of(file).shared();
  }

  /// An exclusive lock, if it can be had at once.
  public static Optional<Held> tryExclusive(Path file) throws IOException {
    return of(file).tryExclusive();
  }

  /// Removes a file that the caller has an exclusive lock on; who waits for it takes a new one of
  /// the same name.
  public static void remove(Path file) throws IOException {
    of(file).remove();
  }

  private static LockFile of(Path file) throws IOException {
    var absolute = file.toAbsolutePath();
    var parent = absolute.getParent();
    var key = parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
    return FILES.computeIfAbsent(key, LockFile::new);
  }
}
