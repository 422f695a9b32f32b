package dev.ocij.http;

import java.io.IOException;
import java.io.OutputStream;
import okio.BufferedSink;

/// The body of a request, given to its connection past OkHttp.
final class DirectOutput extends OutputStream {
  private static final byte[] TOLD = new byte[1 << 16];

  private final RequestStream connection;
  private final BufferedSink told;
  private final PartLimit limit;

  /// @param told where OkHttp wants the body
  DirectOutput(RequestStream connection, BufferedSink told, PartLimit limit) {
    super();
    this.connection = connection;
    this.told = told;
    this.limit = limit;
  }

  @Override
  public void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    limit.enter();
    limit.hold("a part of the request", () -> send(bytes, offset, length));
  }

  private long send(byte[] bytes, int offset, int length) throws IOException {
    connection.put(bytes, offset, length);
    for (int left = length; left > 0; left -= Math.min(left, TOLD.length)) {
      told.write(TOLD, 0, Math.min(left, TOLD.length));
    }
    return length;
  }
}
