package dev.ocij.http;

import java.io.InterruptedIOException;
import java.time.Duration;

/// How a pause between attempts passes; tests let it pass at once.
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration pause) throws InterruptedIOException;

  /// Waits on the calling thread.
  static Sleeper system() {
    return pause -> {
      try {
        // What Retry-After and the back-off ask for; tests have another Sleeper.
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted between attempts");
      }
    };
  }
}
