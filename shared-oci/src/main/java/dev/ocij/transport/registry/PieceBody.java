package dev.ocij.transport.registry;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// A piece of a blob on its way to a registry.
final class PieceBody extends RequestBody {
  private final byte[] bytes;

  PieceBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public @Nullable MediaType contentType() {
    return BlobBody.BYTES;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  /// Whoever sends this asks the registry first whether it arrived.
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
