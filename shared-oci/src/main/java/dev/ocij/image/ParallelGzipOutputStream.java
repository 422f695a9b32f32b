package dev.ocij.image;

import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/// One gzip member (RFC 1952), its content compressed in blocks of fixed size, several at once.
///
/// The output depends on the content and the level alone: not on the number of processors, nor on
/// how the content was cut into writes. The header has neither name nor time.
final class ParallelGzipOutputStream extends OutputStream {
  private static final byte[] HEADER = HexFormat.of().parseHex("1f8b08000000000000ff");

  /// A final block of nothing: each block of content is written as one that others follow.
  private static final byte[] LAST_BLOCK = {3, 0};

  private static final int BLOCK = 1 << 17;
  private static final int MOST_IN_WORK = 2 * Runtime.getRuntime().availableProcessors();

  private final OutputStream out;
  private final int level;
  private final CRC32 crc = new CRC32();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ArrayDeque<Future<byte[]>> inWork = new ArrayDeque<>();
  private GzipBlock filling = GzipBlock.first(BLOCK);
  private long length;
  private boolean broken;
  private boolean closed;

  /// @param level 1 to 9, or -1 for the default
  ParallelGzipOutputStream(OutputStream out, int level) throws IOException {
    this.out = out;
    this.level = level;
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int count) throws IOException {
    crc.update(content, offset, count);
    length += count;
    int end = offset + count;
    for (int at = offset; at < end; ) {
      at += filling.fill(content, at, end - at);
      if (filling.isFull()) {
        compressFilled();
      }
    }
  }

  /// What is compressed already; a block stays in work until it is full.
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /// Ends the member, unless a write failed before; closes the stream below in any case.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out;
        workers) {
      if (!broken) {
        finish();
      }
    }
  }

  private void finish() throws IOException {
    if (!filling.isEmpty()) {
      compressFilled();
    }
    while (!inWork.isEmpty()) {
      writeOldest();
    }
    out.write(LAST_BLOCK);
    out.write(trailer());
  }

  private void compressFilled() throws IOException {
    var block = filling;
    filling = block.next();
    inWork.add(workers.submit(() -> block.compress(level)));
    if (inWork.size() > MOST_IN_WORK) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    broken = true;
    out.write(await(inWork.remove()));
    broken = false;
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt((int) length)
        .array();
  }

  private static byte[] await(Future<byte[]> compressed) throws IOException {
    try {
      return compressed.get();
    } catch (ExecutionException e) {
      throw new IOException("compress: " + Reason.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while content was compressed");
    }
  }
}
