package dev.ocij.trust.notation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the values that [Cbor] reads, each in its shortest form; maps in their own order.
final class CborWriter {
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CborWriter() {}

  static byte[] write(Object value) {
    var writer = new CborWriter();
    writer.value(value);
    return writer.out.toByteArray();
  }

  /// What COSE signs: the array of `Signature1`, the header, nothing, and the payload.
  static byte[] signatureStructure(byte[] header, byte[] payload) {
    return write(List.of("Signature1", header, new byte[0], payload));
  }

  private void value(Object value) {
    switch (value) {
      case Long number -> head(number < 0 ? 1 : 0, number < 0 ? -1 - number : number);
      case byte[] bytes -> content(BYTES, bytes);
      case String text -> content(TEXT, text.getBytes(StandardCharsets.UTF_8));
      case List<?> all -> {
        head(ARRAY, all.size());
        all.forEach(this::value);
      }
      case Map<?, ?> all -> {
        head(MAP, all.size());
        all.forEach((key, one) -> {
          value(key);
          value(one);
        });
      }
      case Cbor.Tagged(long tag, Object tagged) -> {
        head(TAG, tag);
        value(tagged);
      }
      default -> throw new IllegalArgumentException("no CBOR for " + value.getClass());
    }
  }

  private void content(int major, byte[] bytes) {
    head(major, bytes.length);
    out.writeBytes(bytes);
  }

  private void head(int major, long argument) {
    int kind = major << 5;
    if (argument < 24) {
      out.write(kind | (int) argument);
    } else if (argument < 1 << 8) {
      out.write(kind | 24);
      out.write((int) argument);
    } else if (argument < 1 << 16) {
      out.write(kind | 25);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) argument).array());
    } else if (argument < 1L << 32) {
      out.write(kind | 26);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) argument).array());
    } else {
      out.write(kind | 27);
      out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
    }
  }
}
