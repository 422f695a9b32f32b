package dev.ocij.transport.registry;

import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// A blob on its way to a registry, from an offset on. All of it is read and hashed, so that the
/// digest of one made on the way is known once it is through.
final class BlobBody extends RequestBody {
  private static final int BUFFER = 1 << 16;
  static final @Nullable MediaType BYTES = MediaType.parse("application/octet-stream");

  private final Blob blob;
  private final long offset;
  private MessageDigest hash = Digest.Algorithm.SHA256.newHash();
  private long size;

  BlobBody(Blob blob, long offset) {
    this.blob = blob;
    this.offset = offset;
  }

  @Override
  public @Nullable MediaType contentType() {
    return BYTES;
  }

  @Override
  public long contentLength() {
    return blob instanceof Blob.Known known ? known.descriptor().size() - offset : -1;
  }

  /// Whoever sends this asks the registry first how much of it arrived.
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    hash = Digest.Algorithm.SHA256.newHash();
    size = 0;
    var buffer = new byte[BUFFER];
    try (var in = blob.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.update(buffer, 0, read);
        int known = Math.clamp(offset - size, 0, read);
        sink.write(buffer, known, read - known);
        size += read;
      }
    }
    if (size < offset) {
      throw new EOFException("the blob ends before the %d bytes sent before".formatted(offset));
    }
  }

  /// What the blob turned out to be; only once, after all of it was written.
  Descriptor written() {
    return blob instanceof Blob.Known known
        ? known.descriptor()
        : Descriptor.of(
            blob.mediaType(), Digest.from(Digest.Algorithm.SHA256, hash.digest()), size);
  }
}
