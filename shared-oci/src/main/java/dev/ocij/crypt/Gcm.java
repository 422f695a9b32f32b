package dev.ocij.crypt;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in Galois counter mode, over content that fits into memory; the tag stands behind it.
final class Gcm {
  static final int NONCE_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  private Gcm() {}

  static byte[] seal(byte[] content, byte[] key, byte[] nonce, byte[] covered) {
    try {
      return apply(Cipher.ENCRYPT_MODE, content, key, nonce, covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /// The content; nothing where key, nonce, tag or `covered` are not those it was sealed with.
  static Optional<byte[]> open(byte[] sealed, byte[] key, byte[] nonce, byte[] covered) {
    try {
      return Optional.of(apply(Cipher.DECRYPT_MODE, sealed, key, nonce, covered));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] apply(int mode, byte[] text, byte[] key, byte[] nonce, byte[] covered)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(covered);
    return cipher.doFinal(text);
  }
}
