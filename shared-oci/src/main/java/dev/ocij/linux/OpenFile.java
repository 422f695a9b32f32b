package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// A file opened by name in a [Directory], read or written from its start.
public final class OpenFile implements AutoCloseable {
  private static final int SEEK_CUR = 1;
  private static final int CHUNK = 1 << 16;
  private static final long LARGEST_COPY = 1 << 30;

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
      written += (int) Libc.WRITE.call(name, fd, buffer.address(), part);
    }
  }

  /// Appends what `source` has from where it is read, up to its end: shared where the file system
  /// can share, in the kernel where it can copy, else through this process.
  public void copyFrom(OpenFile source) throws IOException {
    try {
      while (inKernel(source) > 0) {
        // as much as the kernel likes at once
      }
    } catch (SystemCallException _) {
      // Between some file systems the kernel does not copy; nothing is lost by trying again.
      var chunk = new byte[CHUNK];
      for (int read = source.read(chunk, 0, CHUNK); read > 0; read = source.read(chunk, 0, CHUNK)) {
        write(chunk, 0, read);
      }
    }
  }

  private long inKernel(OpenFile source) throws IOException {
    return Libc.COPY.call(name, source.fd, 0, fd, 0, LARGEST_COPY, 0);
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
    int read = (int) Libc.READ.call(name, fd, buffer.address(), most);
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
        Libc.SEEK.call(name, fd, bytes, SEEK_CUR);
      }
      return Math.max(0, bytes);
    }

    @Override
    public void close() {
      OpenFile.this.close();
    }
  }
}
