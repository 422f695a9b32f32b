package dev.ocij.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Filled buffers on their way from one thread to another, at most a few at a time. Each side can
/// leave, which the other learns at once.
final class Handover {
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final int capacity;
  private final ArrayDeque<ByteBuffer> buffers = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;
  private boolean abandoned;
  private @Nullable Throwable failure;

  Handover(int capacity) {
    this.capacity = capacity;
  }

  /// Waits for room.
  ///
  /// @throws IOException where nobody will take it
  void put(ByteBuffer filled) throws IOException {
    lock.lock();
    try {
      awaitUntil(() -> buffers.size() < capacity || abandoned);
      if (abandoned) {
        throw new IOException("nobody reads the rest");
      }
      buffers.add(filled);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will come: all has been put, or this failure stands for the rest.
  void end(@Nullable Throwable because) {
    lock.lock();
    try {
      ended = true;
      failure = because;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a buffer; an empty one stands for the end.
  ///
  /// @throws IOException the failure that stands for the rest
  ByteBuffer take() throws IOException {
    lock.lock();
    try {
      awaitUntil(() -> !buffers.isEmpty() || ended || abandoned);
      if (abandoned) {
        throw new IOException("the stream is closed");
      }
      if (buffers.isEmpty()) {
        throwFailure();
        return END;
      }
      changed.signalAll();
      return buffers.remove();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be taken.
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      buffers.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitUntil(BooleanSupplier ready) throws InterruptedIOException {
    try {
      while (!ready.getAsBoolean()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while bytes were handed over");
    }
  }

  private void throwFailure() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IOException(failure);
    }
  }
}
