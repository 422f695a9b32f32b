package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Content checked against its descriptor while it flows: digest *and* size.
///
/// Fails at the first byte past the size, with the last byte where the digest is another, and at
/// the end where bytes are missing; so whoever has all bytes without an exception has the right
/// ones. Closing early checks nothing.
public final class VerifiedInputStream extends WatchedInputStream {
  private final Descriptor expected;
  private final MessageDigest hash;
  private long count;
  private boolean verified;

  public VerifiedInputStream(InputStream content, Descriptor expected) {
    super(content);
    this.expected = expected;
    this.hash = expected.digest().algorithm().newHash();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read < 0) {
      verifyEnd();
      return read;
    }
    hash.update(buffer, offset, read);
    count += read;
    if (count > expected.size()) {
      throw new CorruptBlobException(expected, "more than its %d bytes".formatted(expected.size()));
    }
    if (count == expected.size()) {
      verifyEnd();
    }
    return read;
  }

  private void verifyEnd() throws CorruptBlobException {
    if (verified) {
      return;
    }
    if (count != expected.size()) {
      throw new CorruptBlobException(expected, "%d of %d bytes".formatted(count, expected.size()));
    }
    var found = Digest.from(expected.digest().algorithm(), hash.digest());
    if (!found.equals(expected.digest())) {
      throw new CorruptBlobException(expected, "%s after %d bytes".formatted(found, count));
    }
    verified = true;
  }
}
