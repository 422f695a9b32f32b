package dev.ocij.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One lock file. The threads of this process take turns at a semaphore, so that at most one
/// channel is open; the process as a whole holds the lock on the file.
final class LockFile {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 10;

  private final Path path;
  private final Semaphore turns = new Semaphore(ALL, true);
  private @Nullable FileChannel channel;
  private int holders;

  LockFile(Path path) {
    this.path = path;
  }

  Locks.Held exclusive() throws IOException {
    return take(ALL);
  }

  Locks.Held shared() throws IOException {
    return take(1);
  }

  Optional<Locks.Held> tryExclusive() throws IOException {
    if (!turns.tryAcquire(ALL)) {
      return Optional.empty();
    }
    boolean locked = false;
    try {
      locked = enter(false, false);
    } finally {
      if (!locked) {
        turns.release(ALL);
      }
    }
    return locked ? Optional.of(held(ALL)) : Optional.empty();
  }

  private Locks.Held take(int permits) throws IOException {
    awaitTurn(permits);
    boolean locked = false;
    try {
      locked = enter(permits == 1, true);
    } finally {
      if (!locked) {
        turns.release(permits);
      }
    }
    return held(permits);
  }

  private Locks.Held held(int permits) {
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        try {
          leave();
        } finally {
          turns.release(permits);
        }
      }
    };
  }

  private void awaitTurn(int permits) throws InterruptedIOException {
    try {
      if (!turns.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        warn("waiting for {0}: this process uses it", path);
        turns.acquire(permits);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private synchronized boolean enter(boolean shared, boolean wait) throws IOException {
    if (holders == 0) {
      var opened = opened(shared, wait);
      if (opened == null) {
        return false;
      }
      channel = opened;
    }
    holders++;
    return true;
  }

  /// The file, locked; null where another has the lock and this one need not wait.
  private @Nullable FileChannel opened(boolean shared, boolean wait) throws IOException {
    while (true) {
      var opened = open();
      boolean removed = false;
      boolean kept = false;
      try {
        boolean locked = lock(opened, shared, wait);
        removed = LockNote.tellsRemoval(opened);
        kept = locked && !removed;
        if (kept && !shared) {
          LockNote.writeHolder(opened);
        }
      } finally {
        if (!kept) {
          opened.close();
        }
      }
      if (!removed) {
        return kept ? opened : null;
      }
    }
  }

  synchronized void remove() throws IOException {
    if (channel != null) {
      Files.delete(path); // first: a file that says so and stays would keep everyone waiting
      LockNote.writeRemoval(channel);
    }
  }

  private synchronized void leave() throws IOException {
    if (--holders == 0 && channel != null) {
      channel.close();
      channel = null;
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  private boolean lock(FileChannel opened, boolean shared, boolean wait) throws IOException {
    var patience = new LockPatience(PATIENCE);
    while (opened.tryLock(0, Long.MAX_VALUE, shared) == null) {
      if (!wait) {
        return false;
      }
      if (patience.isOver(() -> LockNote.holder(opened))) {
        warn("waiting for {0}: {1} uses it", path, LockNote.holder(opened));
      }
      pause();
    }
    return true;
  }

  /// Finding who wants to hear of it opens each library of the program, so only who has something
  /// to say looks.
  private static void warn(String message, Object... words) {
    System.getLogger(LockFile.class.getName()).log(System.Logger.Level.WARNING, message, words);
  }

  private static void pause() throws InterruptedIOException {
    try {
      // A lock with a limit of time can only be asked for again.
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a lock");
  }
}
