package dev.ocij.crypt;

import dev.ocij.image.WatchedInputStream;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.BiConsumer;
import javax.crypto.Cipher;

/// Content that is encrypted while it is read.
final class EncryptedInputStream extends WatchedInputStream {
  private final LayerCipher cipher;
  private final MessageDigest hash = Digest.Algorithm.SHA256.newHash();
  private final BiConsumer<Digest, byte[]> whenRead;
  private boolean ended;

  /// @param whenRead learns the digest of the plain content, and the authentication code of the
  ///   encrypted one, when all of it has been read
  EncryptedInputStream(InputStream plain, LayerSecret secret, BiConsumer<Digest, byte[]> whenRead) {
    super(plain);
    this.cipher = LayerCipher.of(secret, Cipher.ENCRYPT_MODE);
    this.whenRead = whenRead;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      hash.update(buffer, offset, read);
      cipher.apply(buffer, offset, read);
      cipher.authenticate(buffer, offset, read);
    } else if (read < 0 && !ended) {
      ended = true;
      whenRead.accept(Digest.from(Digest.Algorithm.SHA256, hash.digest()), cipher.code());
    }
    return read;
  }
}
