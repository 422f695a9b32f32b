package dev.ocij.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What may come over a connection for one read of a body. What stands between the chunks of a body
/// is read by OkHttp as one line, however long that is.
final class Inflow {
  /// A read wants 8 KiB at most; TLS may need as much again, or send many empty records.
  private static final int MOST = 1 << 20;

  private static final ScopedValue<Inflow> CURRENT = ScopedValue.newInstance();

  private long left = MOST;

  /// Runs work that reads from connections, on this thread.
  static <T> T limited(Unreachable.Exchange<T> work) throws IOException {
    return ScopedValue.where(CURRENT, new Inflow()).call(work::run);
  }

  /// What comes over a connection, counted where a limit holds.
  static InputStream counted(InputStream connection) {
    return new FilterInputStream(connection) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (CURRENT.isBound()) {
          CURRENT.get().take(read);
        }
        return read;
      }
    };
  }

  private void take(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException(
          "%d bytes came, and none of them were of the body".formatted(MOST - left));
    }
  }
}
