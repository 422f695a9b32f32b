package dev.ocij.runtime.rootless;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What another thread will come to: a value, or a failure. The JDK's own kind of it assembles at
/// its first use how it reaches its fields, for which each start of a container would wait.
final class Outcome<T> {
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile @Nullable T value;
  private volatile @Nullable Throwable failure;

  void complete(T found) {
    value = found;
    known.countDown();
  }

  void fail(Throwable found) {
    failure = found;
    known.countDown();
  }

  boolean isKnown() {
    return known.getCount() == 0;
  }

  /// Waits; what failed there is thrown here.
  T await() throws InterruptedException {
    known.await();
    var found = value;
    if (found != null) {
      return found;
    }
    throw failure instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException("a thread that was waited for has failed", failure);
  }

  /// As [#await], however often this thread is interrupted.
  T awaitCalmly() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return await();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
