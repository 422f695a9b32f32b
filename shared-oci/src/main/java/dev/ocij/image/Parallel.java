package dev.ocij.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Work on several items at once, on virtual threads: joined before it returns, whatever happened.
public final class Parallel {
  /// A function that may fail as I/O does.
  @FunctionalInterface
  public interface Work<T, R> {
    R apply(T item) throws IOException;
  }

  private Parallel() {}

  /// The results in the order of the items. A slow item holds nothing else up, and the first
  /// failure in time interrupts the others.
  ///
  /// @throws IOException the first failure; work that had begun has ended by then
  public static <T, R> List<R> map(List<T> items, int atOnce, Work<T, R> work) throws IOException {
    var permits = new Semaphore(atOnce);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ExecutorCompletionService<R>(threads);
      var results = new ArrayList<Future<R>>();
      for (var item : items) {
        results.add(tasks.submit(() -> apply(work, item, permits)));
      }
      try {
        for (int done = 0; done < items.size(); done++) {
          var _ = tasks.take().get();
        }
      } catch (ExecutionException | InterruptedException e) {
        threads.shutdownNow();
        throw failure(e);
      }
      return results.stream().map(Future::resultNow).toList();
    }
  }

  private static <T, R> R apply(Work<T, R> work, T item, Semaphore permits)
      throws IOException, InterruptedException {
    permits.acquire();
    try {
      return work.apply(item);
    } finally {
      permits.release();
    }
  }

  private static IOException failure(Exception e) {
    return switch (e.getCause()) {
      case null -> {
        Thread.currentThread().interrupt();
        yield new InterruptedIOException("interrupted while others worked");
      }
      case IOException failed -> failed;
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      default -> new IOException(e.getCause());
    };
  }
}
