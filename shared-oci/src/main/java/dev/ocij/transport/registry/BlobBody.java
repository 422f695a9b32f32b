package dev.ocij.transport.registry;

import dev.ocij.http.StreamedBody;
import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/// A blob on its way to a registry, from an offset on. All of it is read, for only so it is
/// verified, and one made on the way is hashed, so that its digest is known once it is through.
final class BlobBody extends StreamedBody {
  private static final int BUFFER = 1 << 16;
  static final @Nullable MediaType BYTES = MediaType.parse("application/octet-stream");

  private final Blob blob;
  private final long offset;
  private final MessageDigest hash = Digest.Algorithm.SHA256.newHash();
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
  protected void writeTo(OutputStream out) throws IOException {
    size = 0;
    var buffer = new byte[BUFFER];
    try (var in = content()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int known = Math.clamp(offset - size, 0, read);
        out.write(buffer, known, read - known);
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

  /// What is not known beforehand is hashed, from the start each time.
  private InputStream content() throws IOException {
    if (blob instanceof Blob.Known) {
      return blob.open();
    }
    hash.reset();
    return new DigestInputStream(blob.open(), hash);
  }
}
