package dev.ocij.trust.simple;

import dev.ocij.trust.Passphrase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.OCBBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// How gpg's agent encrypts the numbers of a private key by a passphrase: its `keyformat.txt`.
///
/// @param locked the list `protected`
/// @param open the rest of the key, which everybody can read
record AgentKeyProtection(SExpression locked, SExpression open) {
  private static final String OCB = "openpgp-s2k3-ocb-aes";
  private static final String CBC = "openpgp-s2k3-sha1-aes-cbc";
  private static final long MOST_HASHED = 1L << 30;
  private static final int KEY_SIZE = 16;
  private static final int TAG_BITS = 128;

  /// The numbers. With the wrong passphrase they are others, where they are not authenticated.
  ///
  /// @return empty where only gpg knows how they are encrypted
  /// @throws IllegalArgumentException where they are malformed
  Optional<SExpression> open(Passphrase passphrase)
      throws GeneralSecurityException, InvalidCipherTextException {
    var mode = locked.text(1);
    if (!mode.equals(OCB) && !mode.equals(CBC)) {
      return Optional.empty();
    }
    var parameters = locked.list(2);
    var derived = derive(parameters.list(0), passphrase);
    var plain =
        mode.equals(OCB)
            ? ocb(derived, parameters.bytes(1), locked.bytes(3))
            : cbc(derived, parameters.bytes(1), locked.bytes(3));
    return Optional.of(inner(plain));
  }

  /// The numbers stand in a list of their own, or directly.
  private static SExpression inner(byte[] plain) {
    var outer = SExpression.parse(plain);
    boolean nested = outer.parts().size() > 0 && outer.list(0).name().isEmpty();
    return nested ? outer.list(0) : outer;
  }

  /// Everything but the encrypted part is authenticated.
  private byte[] ocb(byte[] derived, byte[] nonce, byte[] content)
      throws InvalidCipherTextException {
    var cipher = new OCBBlockCipher(AESEngine.newInstance(), AESEngine.newInstance());
    var known = open.canonical();
    cipher.init(false, new AEADParameters(new KeyParameter(derived), TAG_BITS, nonce, known));
    var plain = new byte[cipher.getOutputSize(content.length)];
    int length = cipher.processBytes(content, 0, content.length, plain, 0);
    cipher.doFinal(plain, length);
    return plain;
  }

  private static byte[] cbc(byte[] derived, byte[] start, byte[] content)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived, "AES"), new IvParameterSpec(start));
    return cipher.doFinal(content);
  }

  /// OpenPGP's iterated and salted hash; the count is that of bytes.
  private static byte[] derive(SExpression how, Passphrase passphrase)
      throws GeneralSecurityException {
    long count = Long.parseLong(how.text(2));
    if (!how.name().equals("sha1") || count < 0 || count > MOST_HASHED) {
      throw new IllegalArgumentException("the way from passphrase to key is not known");
    }
    var hash = MessageDigest.getInstance("SHA-1");
    var salt = how.bytes(1);
    var secret = passphrase.utf8();
    var round = Arrays.copyOf(salt, salt.length + secret.length);
    System.arraycopy(secret, 0, round, salt.length, secret.length);
    long left = Math.max(count, round.length);
    for (; left > round.length; left -= round.length) {
      hash.update(round);
    }
    hash.update(round, 0, (int) left);
    return Arrays.copyOf(hash.digest(), KEY_SIZE);
  }
}
