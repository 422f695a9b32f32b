package dev.ocij.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import okio.BufferedSource;

/// The body of an answer, taken from its connection past OkHttp.
final class DirectBytes extends InputStream {
  private final AnswerStream connection;
  private final BufferedSource told;
  private final Pace pace;
  private long left;

  /// @param told what OkHttp would give out instead
  /// @param length of the whole body, in bytes
  DirectBytes(AnswerStream connection, BufferedSource told, long length, Pace pace) {
    super();
    this.connection = connection;
    this.told = told;
    this.left = length;
    this.pace = pace;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int most = (int) Math.min(length, left);
    long came = pace.timed(() -> connection.take(target, offset, most));
    if (came < 0) {
      throw new ProtocolException("unexpected end of stream"); // as OkHttp has it
    }
    told.skip(came);
    left -= came;
    return (int) came;
  }
}
