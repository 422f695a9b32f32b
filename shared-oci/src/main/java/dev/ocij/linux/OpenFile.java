package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// A file opened by name in a [Directory], read or written from its start.
public final class OpenFile implements AutoCloseable {
  private static final int SEEK_CUR = 1;

  private final int fd;
  private final String name;
  private boolean closed;

  OpenFile(int fd, String name) {
    this.fd = fd;
    this.name = name;
  }

  public void write(byte[] content, int offset, int length) throws IOException {
    var buffer = Libc.buffer();
    int written = 0;
    while (written < length) {
      int part = (int) Math.min(length - written, buffer.byteSize());
      MemorySegment.copy(content, offset + written, buffer, JAVA_BYTE, 0, part);
      written +=
          (int)
              Libc.call(
                  "write",
                  name,
                  errno -> (long) Libc.WRITE.invokeExact(errno, fd, buffer, (long) part));
    }
  }

  /// The content; closing the stream closes the file.
  public InputStream content() {
    return new Content();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }

  private int read(byte[] target, int offset, int length) throws IOException {
    var buffer = Libc.buffer();
    long most = Math.min(length, buffer.byteSize());
    int read =
        (int)
            Libc.call("read", name, errno -> (long) Libc.READ.invokeExact(errno, fd, buffer, most));
    MemorySegment.copy(buffer, JAVA_BYTE, 0, target, offset, read);
    return read == 0 && length > 0 ? -1 : read;
  }

  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return OpenFile.this.read(target, offset, length);
    }

    /// Moves on without reading; beyond the end too, where nothing is left to read.
    @Override
    public long skip(long bytes) throws IOException {
      if (bytes > 0) {
        Libc.call(
            "lseek", name, errno -> (long) Libc.LSEEK.invokeExact(errno, fd, bytes, SEEK_CUR));
      }
      return Math.max(0, bytes);
    }

    @Override
    public void close() {
      OpenFile.this.close();
    }
  }
}
