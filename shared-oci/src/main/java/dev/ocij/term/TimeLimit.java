package dev.ocij.term;

import dev.ocij.spec.OciException;
import dev.ocij.term.template.GoDuration;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The most time that work may take.
final class TimeLimit {
  /// What interrupted work may take to remove what it began. After that it is left alone: whatever
  /// it wrote is under a temporary name still.
  private static final Duration CLEANING = Duration.ofSeconds(5);

  private TimeLimit() {}

  /// The result of `work`, on this thread where there is no limit; otherwise on a virtual one,
  /// since an interrupt ends what that waits for, a socket included.
  ///
  /// @throws OciException of category `UNAVAILABLE` where the limit passed; the work was
  ///   interrupted
  static <T> T run(Duration limit, Supplier<T> work) {
    if (!limit.isPositive()) {
      return work.get();
    }
    var task = new FutureTask<T>(work::get);
    var thread = Thread.startVirtualThread(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return interrupted(thread, task, limit, e);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw passed(limit, e);
    }
  }

  /// The result all the same where the work ended in the meantime.
  private static <T> T interrupted(
      Thread thread, FutureTask<T> task, Duration limit, TimeoutException cause) {
    thread.interrupt();
    try {
      thread.join(CLEANING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (task.state() == FutureTask.State.SUCCESS) {
      return task.resultNow();
    }
    throw passed(limit, cause);
  }

  private static RuntimeException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException failed -> failed;
      case Error failed -> throw failed;
      case null, default -> new IllegalStateException(e.getCause());
    };
  }

  private static OciException passed(Duration limit, Exception cause) {
    return new OciException(
        OciException.Category.UNAVAILABLE,
        "context deadline exceeded: the command took longer than %s, which is its time limit"
            .formatted(GoDuration.text(limit)),
        cause);
  }
}
