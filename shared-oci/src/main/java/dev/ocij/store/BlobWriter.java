package dev.ocij.store;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;

/// Writes a blob under a temporary name, hashing it once, as it flows.
public final class BlobWriter extends OutputStream {
  private final BlobStore store;
  private final Path written;
  private final OutputStream file;
  private final Digest.Algorithm algorithm;
  private final MessageDigest hash;
  private long count;

  BlobWriter(BlobStore store, Digest.Algorithm algorithm, Path written) throws IOException {
    this.store = store;
    this.algorithm = algorithm;
    this.hash = algorithm.newHash();
    this.written = written;
    this.file = Files.newOutputStream(written);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    file.write(buffer, offset, length);
    hash.update(buffer, offset, length);
    count += length;
  }

  /// Gives the blob its name: afterwards it is in the store, durably.
  public Descriptor commit(MediaType mediaType) throws IOException {
    file.close();
    var digest = Digest.from(algorithm, hash.digest());
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
    var path = store.path(digest);
    Files.createDirectories(path.resolveSibling(".").normalize());
    Durable.rename(written, path);
    return Descriptor.of(mediaType, digest, count);
  }

  /// Removes what was not committed.
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(written);
  }
}
