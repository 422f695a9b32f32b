package dev.ocij.layer.chunked;

import dev.ocij.image.WatchedInputStream;
import dev.ocij.spec.OciException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that keeps what was read from it, while that is wanted.
final class Tap extends WatchedInputStream {
  /// What may stand between two files: headers, and what follows the end of a tar.
  private static final int MOST = 64 << 20;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean open = true;

  Tap(InputStream in) {
    super(in);
  }

  /// What was read since the last time; what follows is kept, or not.
  byte[] take(boolean keep) {
    var taken = kept.toByteArray();
    kept.reset();
    open = keep;
    return taken;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (open && read > 0) {
      keep(buffer, offset, read);
    }
    return read;
  }

  private void keep(byte[] buffer, int offset, int length) {
    if (kept.size() > MOST - length) {
      throw new OciException(
          OciException.Category.INVALID,
          "read tar: more than %d bytes between two files".formatted(MOST));
    }
    kept.write(buffer, offset, length);
  }
}
