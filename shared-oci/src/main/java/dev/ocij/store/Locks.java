package dev.ocij.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Locks between the threads of this process and between processes, by the path of a lock file.
/// Whoever dies holding one has let it go.
///
/// File locks belong to a process, not to a thread; so each path has a semaphore for the threads of
/// this process, and one file lock that they share.
public final class Locks {
  /// A lock that is held, by whichever thread closes it; closing twice is the same as once.
  @FunctionalInterface
  public interface Held extends Closeable {
    @Override
    void close() throws IOException;
  }

  private static final int ALL = Integer.MAX_VALUE;
  private static final ConcurrentHashMap<Path, Locks> BY_PATH = new ConcurrentHashMap<>();

  private final Path file;
  private final Semaphore threads = new Semaphore(ALL, true);
  private @Nullable FileChannel shared;
  private int sharers;

  private Locks(Path file) {
    this.file = file;
  }

  /// Waits until nobody else holds the lock. The file is made where it is missing, and stays.
  public static Held exclusive(Path file) throws IOException {
    var lock = of(file);
    lock.threads.acquireUninterruptibly(ALL);
    return lock.holdAlone(true).orElseThrow();
  }

  /// The lock, if nobody else holds it now.
  public static Optional<Held> tryExclusive(Path file) throws IOException {
    var lock = of(file);
    return lock.threads.tryAcquire(ALL) ? lock.holdAlone(false) : Optional.empty();
  }

  /// Waits until nobody holds the lock exclusively; any number may share it.
  public static Held shared(Path file) throws IOException {
    var lock = of(file);
    lock.threads.acquireUninterruptibly();
    try {
      lock.share();
      return once(lock::unshare);
    } catch (IOException | RuntimeException e) {
      lock.threads.release();
      throw e;
    }
  }

  private static Locks of(Path file) {
    return BY_PATH.computeIfAbsent(file.toAbsolutePath().normalize(), Locks::new);
  }

  private Optional<Held> holdAlone(boolean wait) throws IOException {
    try {
      var channel = open();
      if ((wait ? channel.lock() : channel.tryLock()) == null) {
        channel.close();
        threads.release(ALL);
        return Optional.empty();
      }
      return Optional.of(once(() -> closeAndRelease(channel)));
    } catch (IOException | RuntimeException e) {
      threads.release(ALL);
      throw e;
    }
  }

  private void closeAndRelease(FileChannel channel) throws IOException {
    try {
      channel.close();
    } finally {
      threads.release(ALL);
    }
  }

  private synchronized void share() throws IOException {
    if (shared == null) {
      var channel = open();
      var _ = channel.lock(0, Long.MAX_VALUE, true);
      shared = channel;
    }
    sharers++;
  }

  private synchronized void unshare() throws IOException {
    try {
      if (--sharers == 0 && shared != null) {
        shared.close();
        shared = null;
      }
    } finally {
      threads.release();
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(file.resolveSibling(".").normalize());
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static Held once(Held release) {
    var released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        release.close();
      }
    };
  }
}
