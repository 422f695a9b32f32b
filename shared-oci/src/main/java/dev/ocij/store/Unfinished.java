package dev.ocij.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// What is being written, so that a signal that ends this process leaves nothing of it behind: it
/// is closed then, what began last first. What a process that is killed leaves goes with the next
/// that writes there.
public final class Unfinished {
  private static final Deque<Closeable> ALL = new ConcurrentLinkedDeque<>();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::closeAll));
    } catch (IllegalStateException _) {
      // The process is at its end already.
    }
  }

  private Unfinished() {}

  /// @param writing removes what it has made when it is closed before it is finished, also while
  ///   another thread writes
  public static void add(Closeable writing) {
    ALL.addFirst(writing);
  }

  public static void remove(Closeable writing) {
    ALL.remove(writing);
  }

  private static void closeAll() {
    for (var writing : ALL) {
      try {
        writing.close();
      } catch (IOException | RuntimeException _) {
        // Nobody is left to be told, and the others shall go all the same.
      }
    }
  }
}
