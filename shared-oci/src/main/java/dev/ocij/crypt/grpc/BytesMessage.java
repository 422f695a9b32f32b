package dev.ocij.crypt.grpc;

import java.io.EOFException;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// A message of protocol buffers that has one field, number 1, of bytes.
record BytesMessage(ByteString content) {
  private static final int FIELD = 1;
  private static final int TAG_BITS = 3;
  private static final int VARINT_BITS = 7;
  private static final int LONGEST_VARINT = 10;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  ByteString encoded() {
    var out = new Buffer();
    out.writeByte(FIELD << TAG_BITS | LENGTH);
    writeVarint(out, content.size());
    return out.write(content).readByteString();
  }

  /// The last of such fields, or nothing, as protocol buffers have it; other fields are passed
  /// over.
  static BytesMessage decode(ByteString encoded) throws IOException {
    var in = new Buffer().write(encoded);
    var content = ByteString.EMPTY;
    try {
      while (!in.exhausted()) {
        long tag = readVarint(in);
        int kind = (int) tag & (1 << TAG_BITS) - 1;
        if (kind == LENGTH) {
          var bytes = in.readByteString(readVarint(in));
          content = tag >>> TAG_BITS == FIELD ? bytes : content;
        } else {
          skip(in, kind);
        }
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw malformed(e);
    }
    return new BytesMessage(content);
  }

  private static void skip(Buffer in, int kind) throws IOException {
    switch (kind) {
      case VARINT -> readVarint(in);
      case FIXED64 -> in.skip(Long.BYTES);
      case FIXED32 -> in.skip(Integer.BYTES);
      default -> throw malformed(null);
    }
  }

  private static long readVarint(Buffer in) throws IOException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      byte part = in.readByte();
      value |= (part & 0x7fL) << (i * VARINT_BITS);
      if (part >= 0) {
        return value;
      }
    }
    throw malformed(null);
  }

  private static void writeVarint(Buffer out, int value) {
    int rest = value;
    for (; rest > 0x7f; rest >>>= VARINT_BITS) {
      out.writeByte(rest | 0x80);
    }
    out.writeByte(rest);
  }

  private static IOException malformed(@Nullable Exception cause) {
    return new IOException("its answer is not a message of protocol buffers", cause);
  }
}
