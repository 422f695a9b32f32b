package dev.ocij.trust.notation;

import dev.ocij.trust.BadSignatureException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of CBOR (RFC 8949) that envelopes need: lengths are definite, numbers are integers.
/// Values are `Long`, `byte[]`, `String`, `List`, `Map` and [Tagged].
final class Cbor {
  private static final int DEEPEST = 16;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;

  record Tagged(long tag, Object value) {}

  private final ByteBuffer in;

  private Cbor(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /// Reads one value, which is all there is.
  ///
  /// @throws BadSignatureException where the bytes are anything else
  static Object read(byte[] bytes) {
    var reader = new Cbor(bytes);
    try {
      var value = reader.value(0);
      if (reader.in.hasRemaining()) {
        throw new BadSignatureException("malformed CBOR: data after its end");
      }
      return value;
    } catch (BufferUnderflowException e) {
      throw new BadSignatureException("malformed CBOR: truncated", e);
    }
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw new BadSignatureException("malformed CBOR: too deep");
    }
    int first = in.get() & 0xff;
    long argument = argument(first & 0x1f);
    return switch (first >> 5) {
      case 0 -> argument;
      case 1 -> -1 - argument;
      case BYTES -> bytes(argument);
      case TEXT -> new String(bytes(argument), StandardCharsets.UTF_8);
      case ARRAY -> array(argument, depth);
      case 5 -> map(argument, depth);
      case 6 -> new Tagged(argument, value(depth + 1));
      default -> throw new BadSignatureException("malformed CBOR: unexpected value");
    };
  }

  private long argument(int low) {
    long argument =
        switch (low) {
          case 24 -> in.get() & 0xff;
          case 25 -> in.getShort() & 0xffff;
          case 26 -> in.getInt() & 0xffffffffL;
          case 27 -> in.getLong();
          default -> low;
        };
    if (low > 27 || argument < 0) {
      throw new BadSignatureException("malformed CBOR: unexpected length");
    }
    return argument;
  }

  private byte[] bytes(long length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private List<Object> array(long length, int depth) {
    var all = new ArrayList<Object>();
    for (long i = 0; i < length; i++) {
      all.add(value(depth + 1));
    }
    return all;
  }

  private Map<Object, Object> map(long length, int depth) {
    var all = new LinkedHashMap<Object, Object>();
    for (long i = 0; i < length; i++) {
      if (all.put(value(depth + 1), value(depth + 1)) != null) {
        throw new BadSignatureException("malformed CBOR: doubled key");
      }
    }
    return all;
  }
}
