package dev.ocij.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import okio.BufferedSink;

/// Where a [DirectBody] goes. Closing it closes nothing.
final class DirectOutput extends OutputStream {
  private final RequestStream connection;
  private final BufferedSink told;
  private final PartsWatch watch;
  private long left;

  /// @param told where OkHttp wants the body
  /// @param length of the body as its head says it, in bytes
  DirectOutput(RequestStream connection, BufferedSink told, long length, PartsWatch watch) {
    super();
    this.connection = connection;
    this.told = told;
    this.left = length;
    this.watch = watch;
  }

  @Override
  public void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > left) {
      throw new ProtocolException("more bytes than the request's head says");
    }
    left -= length;
    watch.hold("a part of the request", () -> send(bytes, offset, length));
  }

  /// To be called behind the last byte.
  void end() throws IOException {
    if (left > 0) {
      throw new ProtocolException("%d bytes less than the request's head says".formatted(left));
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    if (!connection.put(bytes, offset, length)) {
      // OkHttp must fail there itself: it then looks whether the server has answered already.
      told.flush();
    }
  }
}
