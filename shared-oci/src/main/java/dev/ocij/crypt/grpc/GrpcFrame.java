package dev.ocij.crypt.grpc;

import java.io.IOException;
import okhttp3.MediaType;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;

/// How gRPC sends a message: a byte that tells whether it is compressed, its length, the message.
final class GrpcFrame {
  static final MediaType MEDIA_TYPE = MediaType.get("application/grpc");

  /// The most that gRPC takes unless it is told otherwise.
  private static final int LARGEST = 4 << 20;

  private GrpcFrame() {}

  static ByteString of(ByteString message) {
    return new Buffer().writeByte(0).writeInt(message.size()).write(message).readByteString();
  }

  /// The one message of an answer, to its end; nothing where there is none, as when a call fails.
  static ByteString read(BufferedSource body) throws IOException {
    if (body.exhausted()) {
      return ByteString.EMPTY;
    }
    if (body.readByte() != 0) {
      throw new IOException("its answer is compressed, which nobody asked for");
    }
    int length = body.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException("its answer is longer than %d bytes".formatted(LARGEST));
    }
    var message = body.readByteString(length);
    if (!body.exhausted()) {
      throw new IOException("it answers with more than one message");
    }
    return message;
  }
}
