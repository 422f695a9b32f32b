package dev.ocij.crypt;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256 in counter mode, and an HMAC by SHA-256 of what it gives: `AES_256_CTR_HMAC_SHA256`.
final class LayerCipher {
  private final Cipher cipher;
  private final Mac mac;

  private LayerCipher(Cipher cipher, Mac mac) {
    this.cipher = cipher;
    this.mac = mac;
  }

  /// @param mode one of [Cipher]'s
  static LayerCipher of(LayerSecret secret, int mode) {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(secret.key(), "AES"),
          new IvParameterSpec(secret.options().nonce()));
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
      return new LayerCipher(cipher, mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES and HMAC", e);
    }
  }

  /// Turns these bytes into as many others, in their place.
  void apply(byte[] buffer, int offset, int length) {
    try {
      cipher.update(buffer, offset, length, buffer, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counter mode needs no more room", e);
    }
  }

  /// Counts encrypted bytes in.
  void authenticate(byte[] encrypted, int offset, int length) {
    mac.update(encrypted, offset, length);
  }

  /// The authentication code of all bytes; once, at the end.
  byte[] code() {
    return mac.doFinal();
  }
}
