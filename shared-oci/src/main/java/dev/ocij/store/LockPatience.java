package dev.ocij.store;

import java.io.IOException;
import java.time.Duration;

/// When a wait for a lock is worth a word: once, where one holder has had it all the time. A queue
/// in which each has it for a moment is as it should be.
final class LockPatience {
  private final long limit;
  private long start = System.nanoTime();
  private String holder = "";
  private boolean ended;

  LockPatience(Duration limit) {
    this.limit = limit.toNanos();
  }

  /// Who is seen to hold the lock.
  @FunctionalInterface
  interface Holder {
    String name() throws IOException;
  }

  /// Whether this is the moment.
  boolean endsWith(Holder now) throws IOException {
    if (ended || System.nanoTime() - start <= limit / 2) {
      return false;
    }
    var name = now.name();
    if (!name.equals(holder)) {
      holder = name;
      start = System.nanoTime() - limit / 2;
    }
    ended = System.nanoTime() - start > limit;
    return ended;
  }
}
