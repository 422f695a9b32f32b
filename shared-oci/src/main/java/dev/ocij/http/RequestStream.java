package dev.ocij.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What goes out over a connection without TLS, 64 KiB with each call of the kernel.
///
/// Whoever has a body that is as long as its head says may [put][#put] it here past OkHttp, which
/// moves 8 KiB at a time and copies them twice.
final class RequestStream extends BufferedOutputStream {
  private static final int SIZE = 1 << 16;

  private final AnswerStream answer;
  private @Nullable IOException failure;

  /// @param answer what comes back
  RequestStream(OutputStream connection, AnswerStream answer) {
    super(connection, SIZE);
    this.answer = answer;
  }

  /// Sends bytes of a body.
  ///
  /// @return false where these could not be sent: whoever flushes next learns why
  synchronized boolean put(byte[] bytes, int offset, int length) {
    try {
      write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
    }
    return failure == null;
  }

  @Override
  public synchronized void flush() throws IOException {
    if (failure != null) {
      throw failure;
    }
    answer.expectHead();
    super.flush();
  }
}
