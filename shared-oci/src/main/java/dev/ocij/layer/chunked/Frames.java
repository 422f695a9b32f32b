package dev.ocij.layer.chunked;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.ocij.image.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Zstd frames (RFC 8878) one behind the other: compressed ones, and some that readers skip.
final class Frames implements Closeable {
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int SKIPPABLE_HEADER = 8;

  private final OutputStream out;
  private final ZstdCompressCtx zstd;
  private long position;

  Frames(OutputStream out, int level) {
    this.out = out;
    this.zstd = new ZstdCompressCtx().setLevel(Compression.zstdLevel(level)).setChecksum(true);
  }

  /// Where the next frame begins.
  long position() {
    return position;
  }

  /// A frame of these bytes.
  void write(byte[] content, int length) throws IOException {
    write(compress(content, length));
  }

  /// Bytes as a frame would have them.
  byte[] compress(byte[] content, int length) {
    return zstd.compress(length == content.length ? content : Arrays.copyOf(content, length));
  }

  /// A frame of these bytes, as they are, that readers skip.
  ///
  /// @return where the bytes begin
  long skippable(byte[] bytes) throws IOException {
    write(
        ByteBuffer.allocate(SKIPPABLE_HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(SKIPPABLE)
            .putInt(bytes.length)
            .array());
    long start = position;
    write(bytes);
    return start;
  }

  @Override
  public void close() {
    zstd.close();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }
}
