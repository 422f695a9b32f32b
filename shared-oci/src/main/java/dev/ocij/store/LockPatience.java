package dev.ocij.store;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// When a wait for a lock is worth a word: once, where one holder has had it all the time. A queue
/// in which each has it for a moment is as it should be.
final class LockPatience {
  private final long limit;
  private final LongSupplier clock;
  private long start;
  private String holder = "";
  private boolean told;

  LockPatience(Duration limit) {
    this(limit, System::nanoTime);
  }

  /// @param clock tells nanoseconds
  LockPatience(Duration limit, LongSupplier clock) {
    this.limit = limit.toNanos();
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /// Who is seen to hold the lock.
  @FunctionalInterface
  interface Holder {
    String name() throws IOException;
  }

  /// Whether this is the moment. Who holds it is not looked at in the first half of the time.
  boolean isOver(Holder now) throws IOException {
    if (told || clock.getAsLong() - start <= limit / 2) {
      return false;
    }
    var name = now.name();
    if (!name.equals(holder)) {
      holder = name;
      start = clock.getAsLong() - limit / 2;
    }
    told = clock.getAsLong() - start > limit;
    return told;
  }
}
