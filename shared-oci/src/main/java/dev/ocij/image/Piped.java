package dev.ocij.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a producer writes, as a stream to read: the producer runs on a virtual thread of its own,
/// at most a buffer ahead.
public final class Piped extends FilterInputStream {
  private static final int BUFFER = 1 << 18;

  /// Writes all of the content to a stream that it may close.
  @FunctionalInterface
  public interface Producer {
    void writeTo(OutputStream out) throws IOException;
  }

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread producer;

  private Piped(PipedInputStream in, PipedOutputStream out, Producer content) {
    super(in);
    this.producer = Thread.startVirtualThread(() -> produce(content, out));
  }

  /// Starts the producer. Its failure reaches the reader in place of the end; closing the stream
  /// early ends the producer.
  public static InputStream from(Producer content) throws IOException {
    var in = new PipedInputStream(BUFFER);
    return new Piped(in, new PipedOutputStream(in), content);
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    return read < 0 ? end() : read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    return read < 0 ? end() : read;
  }

  /// Returns when the producer has ended.
  @Override
  public void close() throws IOException {
    in.close();
    join();
  }

  private int end() throws IOException {
    join();
    var failed = failure.get();
    if (failed instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failed != null) {
      throw new IOException(failed.getMessage(), failed);
    }
    return -1;
  }

  private void join() throws IOException {
    try {
      producer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void produce(Producer content, OutputStream out) {
    try (out) {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }
}
