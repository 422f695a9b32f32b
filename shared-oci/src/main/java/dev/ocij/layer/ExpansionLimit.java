package dev.ocij.layer;

import dev.ocij.image.WatchedInputStream;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.InputStream;

/// Stops a layer that unpacks to far more than it promises: at 100 times its compressed size, and
/// never below 1 GiB.
public final class ExpansionLimit extends WatchedInputStream {
  private static final long LOWEST = 1L << 30;
  private static final long FACTOR = 100;

  private final long most;
  private long count;

  private ExpansionLimit(InputStream plain, long most) {
    super(plain);
    this.most = most;
  }

  /// @param plain what comes out of decompression
  /// @param compressed the size of what goes in
  public static InputStream of(InputStream plain, long compressed) {
    return ofBytes(plain, Math.max(LOWEST, Math.min(compressed, Long.MAX_VALUE / FACTOR) * FACTOR));
  }

  /// As [#of], with the limit itself.
  public static InputStream ofBytes(InputStream plain, long most) {
    return new ExpansionLimit(plain, most);
  }

  /// @throws OciException at the first byte past the limit
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    count += Math.max(read, 0);
    if (count > most) {
      throw new OciException(
          OciException.Category.INVALID,
          "unpack layer: it is more than %d bytes, out of all proportion to its compressed size"
              .formatted(most));
    }
    return read;
  }
}
