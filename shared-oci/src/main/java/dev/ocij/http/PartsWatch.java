package dev.ocij.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;

/// A [PartLimit] for parts that are many and short. Okio's watchdog is not told of each, which
/// would cost as much as to send it: it looks when the first could be late, and then when the one
/// could be that it found.
final class PartsWatch extends AsyncTimeout implements AutoCloseable {
  private final PartLimit limit;
  private boolean open = true;
  private boolean late;
  private boolean busy;
  private long began;

  PartsWatch(PartLimit limit) {
    super();
    this.limit = limit;
    lookIn(limit.timeoutNanos());
  }

  /// @throws java.net.SocketTimeoutException where the time passed
  void hold(String part, Work work) throws IOException {
    begin();
    try {
      work.run();
    } catch (IOException e) {
      throw isLate() ? PartLimit.late(part, e) : e;
    } finally {
      end();
    }
  }

  @Override
  public synchronized void close() {
    open = false;
    exit();
  }

  @Override
  protected synchronized void timedOut() {
    exit();
    if (!open) {
      return;
    }
    long left = limit.timeoutNanos() - (busy ? System.nanoTime() - began : 0);
    if (left > 0) {
      lookIn(left);
      return;
    }
    late = true;
    limit.timedOut();
  }

  private void lookIn(long nanos) {
    timeout(nanos, TimeUnit.NANOSECONDS);
    enter();
  }

  private synchronized void begin() {
    began = System.nanoTime();
    busy = true;
  }

  private synchronized void end() {
    busy = false;
  }

  private synchronized boolean isLate() {
    return late;
  }

  /// What must be over in time.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }
}
