package dev.ocij.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Content that is looked at while it flows: each byte passes [#read(byte[], int, int)], also one
/// that is read alone or passed over, and none twice.
public abstract class WatchedInputStream extends FilterInputStream {
  private static final int MOST_SKIPPED = 1 << 16;

  protected WatchedInputStream(InputStream content) {
    super(content);
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final long skip(long n) throws IOException {
    var passed = new byte[Math.clamp(n, 0, MOST_SKIPPED)];
    return passed.length == 0 ? 0 : Math.max(read(passed, 0, passed.length), 0);
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
