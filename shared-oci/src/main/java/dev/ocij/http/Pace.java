package dev.ocij.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/// Whether a server sends a few bytes in the time that it may be silent. Only the time that we wait
/// for it counts: whoever reads may be slower still.
final class Pace {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Patience patience;
  private final long window;
  private final LongSupplier nanoTime;
  private long waited;
  private long came;

  Pace(Patience patience) {
    this(patience, System::nanoTime);
  }

  /// @param nanoTime as [System#nanoTime]
  Pace(Patience patience, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.window = patience.silence().toNanos();
  }

  /// Waits for bytes of the server.
  ///
  /// @return how many came; negative where none do any more
  /// @throws SocketTimeoutException where it is too slow
  long timed(Read read) throws IOException {
    long began = nanoTime.getAsLong();
    long got = read.read();
    waited += nanoTime.getAsLong() - began;
    came += got;
    if (waited >= window && got >= 0) {
      requireProgress();
    }
    return got;
  }

  private void requireProgress() throws SocketTimeoutException {
    if (came < patience.slowest() * window / NANOS_PER_SECOND) {
      throw new SocketTimeoutException(
          "only %d bytes came in %.1f seconds".formatted(came, (double) waited / NANOS_PER_SECOND));
    }
    waited = 0;
    came = 0;
  }

  /// A read of a connection.
  @FunctionalInterface
  interface Read {
    long read() throws IOException;
  }
}
