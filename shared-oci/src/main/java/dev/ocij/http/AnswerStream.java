package dev.ocij.http;

import java.io.IOException;
import java.io.InputStream;

/// What comes over a connection without TLS, 64 KiB with each call of the kernel.
///
/// OkHttp reads the heads of answers here, each up to its end and no further, so the body that
/// follows is still whole. Whoever wants that as it comes [takes][#take] it past OkHttp, which
/// moves 8 KiB at a time and copies them twice; OkHttp may then read as many bytes, whose values
/// nobody looks at, and so knows where the next answer begins.
final class AnswerStream extends InputStream {
  private static final int SIZE = 1 << 16;

  private final InputStream connection;
  private final byte[] buffer = new byte[SIZE];
  private final HeadEnd head = new HeadEnd();
  private int position;
  private int limit;
  private long owed;

  AnswerStream(InputStream connection) {
    super();
    this.connection = connection;
  }

  /// A request goes out: what comes next is the head of its answer.
  void expectHead() {
    head.expect();
  }

  /// Whether the last byte that was read ended a head.
  boolean isAtBody() {
    return head.isLast();
  }

  /// Bytes of a body. OkHttp has to read as many before anything else is.
  ///
  /// @return how many; negative where the server ended the connection
  int take(byte[] target, int offset, int length) throws IOException {
    int taken =
        position == limit
            ? connection.read(target, offset, length)
            : give(target, offset, Math.min(length, limit - position));
    owed += Math.max(taken, 0);
    return taken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (owed > 0) {
      int told = (int) Math.min(owed, length);
      owed -= told;
      return told;
    }
    if (position == limit && !fill()) {
      return -1;
    }
    return give(target, offset, head.through(buffer, position, Math.min(length, limit - position)));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private boolean fill() throws IOException {
    int read = connection.read(buffer, 0, SIZE);
    position = 0;
    limit = Math.max(read, 0);
    return read >= 0;
  }

  private int give(byte[] target, int offset, int length) {
    System.arraycopy(buffer, position, target, offset, length);
    position += length;
    return length;
  }
}
