package dev.ocij.store;

import dev.ocij.linux.OwnProcess;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
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
  private static final int SIGNATURE = 32;
  private static final int LONGEST_HOLDER = 64;

  /// What stands in a file that was removed, for those who had opened it before.
  private static final String REMOVED = "removed";

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
        removed = text(opened).equals(REMOVED);
        kept = locked && !removed;
        if (kept && !shared) {
          write(opened, "process " + OwnProcess.id());
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
      write(channel, REMOVED);
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
      if (patience.isOver(() -> holder(opened))) {
        warn("waiting for {0}: {1} uses it", path, holder(opened));
      }
      pause();
    }
    return true;
  }

  /// Over what the last one wrote, which is as long: a file that was made shorter is written to the
  /// disk when it is closed, and whoever closes it waits.
  private static void write(FileChannel opened, String text) throws IOException {
    var line = ByteBuffer.allocate(SIGNATURE);
    Arrays.fill(line.array(), (byte) ' ');
    line.put(SIGNATURE - 1, (byte) '\n');
    line.put(0, text.getBytes(StandardCharsets.US_ASCII));
    opened.write(line, 0);
  }

  /// Whoever had the lock to himself last, mostly the one that has it now.
  private static String holder(FileChannel opened) throws IOException {
    var name = text(opened);
    return name.isEmpty() ? "another process" : Quoted.escape(name);
  }

  private static String text(FileChannel opened) throws IOException {
    var text = ByteBuffer.allocate(LONGEST_HOLDER);
    opened.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
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
