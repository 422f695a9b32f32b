package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import javax.crypto.Cipher;

/// Content that is decrypted while it is read. Reading to the end without an exception means that
/// it is what was encrypted; before that, nothing is known of it.
final class DecryptedInputStream extends FilterInputStream {
  private final LayerCipher cipher;
  private final byte[] expectedCode;
  private boolean ended;

  DecryptedInputStream(InputStream encrypted, LayerSecret secret, byte[] expectedCode) {
    super(encrypted);
    this.cipher = LayerCipher.of(secret, Cipher.DECRYPT_MODE);
    this.expectedCode = expectedCode.clone();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
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

  @Override
  public long skip(long n) throws IOException {
    return readNBytes(Math.clamp(n, 0, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void verify() {
    if (!MessageDigest.isEqual(cipher.code(), expectedCode)) {
      throw new OciException(
          OciException.Category.INVALID,
          "decrypt layer: it is not what was encrypted; its authentication code is another");
    }
  }
}
