package dev.ocij.crypt;

import dev.ocij.image.WatchedInputStream;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import javax.crypto.Cipher;

/// Content that is decrypted while it is read. Reading to the end without an exception means that
/// it is what was encrypted; before that, nothing is known of it.
final class DecryptedInputStream extends WatchedInputStream {
  private final LayerCipher cipher;
  private final byte[] expectedCode;
  private boolean ended;

  DecryptedInputStream(InputStream encrypted, LayerSecret secret, byte[] expectedCode) {
    super(encrypted);
    this.cipher = LayerCipher.of(secret, Cipher.DECRYPT_MODE);
    this.expectedCode = expectedCode.clone();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      cipher.authenticate(buffer, offset, read);
      cipher.apply(buffer, offset, read);
    } else if (read < 0 && !ended) {
      verify();
      ended = true;
    }
    return read;
  }

  private void verify() {
    if (!MessageDigest.isEqual(cipher.code(), expectedCode)) {
      throw new OciException(
          OciException.Category.INVALID,
          "decrypt layer: it is not what was encrypted; its authentication code is another");
    }
  }
}
