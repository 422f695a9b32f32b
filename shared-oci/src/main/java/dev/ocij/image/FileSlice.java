package dev.ocij.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A part of a file as a stream; the file's own position stays, so that many can be read at once.
/// Skipping costs nothing.
public final class FileSlice extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  /// @param channel not closed with the stream
  public FileSlice(FileChannel channel, long offset, long size) {
    this.channel = channel;
    this.position = offset;
    this.end = Math.addExact(offset, size);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int wanted = (int) Math.min(length, end - position);
    if (wanted <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
    position += Math.max(read, 0);
    return read;
  }

  @Override
  public long skip(long bytes) {
    long skipped = Math.clamp(bytes, 0, Math.max(0, end - position));
    position += skipped;
    return skipped;
  }
}
