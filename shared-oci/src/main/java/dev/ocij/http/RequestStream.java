package dev.ocij.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What goes out over a connection without TLS, 64 KiB with each call of the kernel.
///
/// Whoever has a body that is as long as its head says may [put][#put] it here past OkHttp, which
/// moves 8 KiB at a time and copies them twice; OkHttp then writes as many bytes, which go nowhere,
/// and so knows what was sent.
final class RequestStream extends BufferedOutputStream {
  private static final int SIZE = 1 << 16;

  private final AnswerStream answer;
  private long owed;
  private @Nullable IOException failure;

  /// @param answer what comes back
  RequestStream(OutputStream connection, AnswerStream answer) {
    super(connection, SIZE);
    this.answer = answer;
  }

  /// Sends bytes of a body. OkHttp has to write as many before anything else is sent; where these
  /// could not be, it fails to do that as they did.
  synchronized void put(byte[] bytes, int offset, int length) {
    try {
      super.flush();
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
    }
    owed += length;
  }

  @Override
  public synchronized void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int told = (int) Math.min(owed, length);
    owed -= told;
    super.write(bytes, offset + told, length - told);
  }

  @Override
  public synchronized void flush() throws IOException {
    answer.expectHead();
    super.flush();
  }
}
