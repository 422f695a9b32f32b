package dev.ocij.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// What a producer writes, as a stream to read: the producer runs on a virtual thread of its own,
/// at most a few buffers ahead.
public final class Piped extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int BUFFERS_AHEAD = 4;

  /// Writes all of the content to a stream that it may close.
  @FunctionalInterface
  public interface Producer {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Handover handover = new Handover(BUFFERS_AHEAD);
  private final Thread producer;
  private ByteBuffer current = ByteBuffer.allocate(0);

  private Piped(Producer content) {
    this.producer = Thread.startVirtualThread(() -> produce(content));
  }

  /// Starts the producer. Its failure reaches the reader in place of the end; closing the stream
  /// early ends the producer at its next write.
  public static InputStream from(Producer content) {
    return new Piped(content);
  }

  @Override
  public int read() throws IOException {
    return advance() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int read = Math.min(length, current.remaining());
    current.get(buffer, offset, read);
    return read;
  }

  @Override
  public int available() {
    return current.remaining();
  }

  /// Returns when the producer has ended, even where this thread is interrupted.
  @Override
  public void close() {
    handover.abandon();
    current = ByteBuffer.allocate(0);
    boolean interrupted = false;
    while (producer.isAlive()) {
      try {
        producer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether there is a byte to read, once it is known.
  private boolean advance() throws IOException {
    if (!current.hasRemaining()) {
      current = handover.take();
    }
    return current.hasRemaining();
  }

  /// An error counts as a failure too: it must not look like the end of the content.
  private void produce(Producer content) {
    try (var out = new Output()) {
      content.writeTo(out);
      out.flush();
      handover.end(null);
    } catch (Throwable e) {
      handover.end(e);
    }
  }

  private final class Output extends OutputStream {
    private ByteBuffer filling = ByteBuffer.allocate(BUFFER);

    @Override
    public void write(int b) throws IOException {
      filling.put((byte) b);
      handOverIfFull();
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      int written = 0;
      while (written < length) {
        int fits = Math.min(length - written, filling.remaining());
        filling.put(buffer, offset + written, fits);
        written += fits;
        handOverIfFull();
      }
    }

    /// Hands over what there is.
    @Override
    public void flush() throws IOException {
      if (filling.position() > 0) {
        handover.put(filling.flip());
        filling = ByteBuffer.allocate(BUFFER);
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }

    private void handOverIfFull() throws IOException {
      if (!filling.hasRemaining()) {
        flush();
      }
    }
  }
}
