package dev.ocij.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Gatherers;

/// Work on several items at once, on virtual threads: joined before it returns, whatever happened.
public final class Parallel {
  /// A function that may fail as I/O does.
  @FunctionalInterface
  public interface Work<T, R> {
    R apply(T item) throws IOException;
  }

  private Parallel() {}

  /// The results in the order of the items.
  ///
  /// @throws IOException the first failure; work that had begun has ended by then
  public static <T, R> List<R> map(List<T> items, int atOnce, Work<T, R> work) throws IOException {
    try {
      return items.stream()
          .gather(Gatherers.mapConcurrent(atOnce, item -> unchecked(item, work)))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static <T, R> R unchecked(T item, Work<T, R> work) {
    try {
      return work.apply(item);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
