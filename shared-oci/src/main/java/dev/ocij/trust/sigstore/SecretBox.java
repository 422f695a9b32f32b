package dev.ocij.trust.sigstore;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/// NaCl's `secretbox`: XSalsa20 and Poly1305, the tag before the ciphertext.
final class SecretBox {
  static final int KEY_SIZE = 32;
  static final int NONCE_SIZE = 24;
  private static final int TAG_SIZE = 16;

  private SecretBox() {}

  static byte[] seal(byte[] plain, byte[] key, byte[] nonce) {
    var cipher = cipher(key, nonce);
    var mac = mac(cipher);
    var box = new byte[TAG_SIZE + plain.length];
    cipher.processBytes(plain, 0, plain.length, box, TAG_SIZE);
    mac.update(box, TAG_SIZE, plain.length);
    mac.doFinal(box, 0);
    return box;
  }

  /// The plain text; null where key or content is wrong.
  static byte @Nullable [] open(byte[] box, byte[] key, byte[] nonce) {
    if (box.length < TAG_SIZE) {
      return null;
    }
    var cipher = cipher(key, nonce);
    var mac = mac(cipher);
    var tag = new byte[TAG_SIZE];
    mac.update(box, TAG_SIZE, box.length - TAG_SIZE);
    mac.doFinal(tag, 0);
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG_SIZE))) {
      return null;
    }
    var plain = new byte[box.length - TAG_SIZE];
    cipher.processBytes(box, TAG_SIZE, plain.length, plain, 0);
    return plain;
  }

  private static XSalsa20Engine cipher(byte[] key, byte[] nonce) {
    var cipher = new XSalsa20Engine();
    cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    return cipher;
  }

  /// The first 32 bytes of the key stream are the key of the tag.
  private static Poly1305 mac(XSalsa20Engine cipher) {
    var key = new byte[KEY_SIZE];
    cipher.processBytes(key, 0, key.length, key, 0);
    var mac = new Poly1305();
    mac.init(new KeyParameter(key));
    return mac;
  }
}
