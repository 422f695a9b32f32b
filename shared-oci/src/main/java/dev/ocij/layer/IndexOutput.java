package dev.ocij.layer;

import dev.ocij.linux.RawName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// Numbers, names and bytes of a stored index on their way to a file; [IndexInput] reads them.
final class IndexOutput {
  private static final int BUFFER = 1 << 16;
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final OutputStream out;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER + (BUFFER >> 1));
  private final CRC32 checksum = new CRC32();
  private long written;

  IndexOutput(OutputStream out) {
    this.out = out;
  }

  /// How many bytes stand before the next one.
  long position() {
    return written + buffer.size();
  }

  /// Four bytes, the highest first: what is found without reading what is before it.
  void fixed(int value) throws IOException {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      raw(value >>> shift);
    }
  }

  /// Seven bits to a byte, the lowest first.
  ///
  /// @param value not negative
  void number(long value) throws IOException {
    long left = value;
    for (; left >= MORE; left >>>= BITS) {
      raw((int) left | MORE);
    }
    raw((int) left);
  }

  void text(String text) throws IOException {
    bytes(RawName.encode(text));
  }

  void bytes(byte[] bytes) throws IOException {
    number(bytes.length);
    plain(bytes);
  }

  /// Bytes whose number the reader knows.
  void plain(byte[] bytes) throws IOException {
    buffer.writeBytes(bytes);
    drain(BUFFER);
  }

  /// Ends with a checksum of all before.
  void end() throws IOException {
    drain(0);
    fixed((int) checksum.getValue());
    drain(0);
  }

  private void raw(int value) throws IOException {
    buffer.write(value);
    drain(BUFFER);
  }

  private void drain(int most) throws IOException {
    if (buffer.size() > most) {
      var bytes = buffer.toByteArray();
      buffer.reset();
      checksum.update(bytes);
      out.write(bytes);
      written += bytes.length;
    }
  }
}
