package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.trust.Passphrase;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.EdSecretBCPGKey;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.bcpg.RSASecretBCPGKey;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.OCBBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;

/// A file of `private-keys-v1.d`, as gpg's agent keeps keys: an S-expression, open or encrypted by
/// a passphrase. What it does not understand, gpg may.
///
/// @param key the list that begins with the algorithm
record AgentKey(SExpression key) {
  private static final String OCB = "openpgp-s2k3-ocb-aes";
  private static final String CBC = "openpgp-s2k3-sha1-aes-cbc";
  private static final long MOST_HASHED = 1L << 30;
  private static final int KEY_SIZE = 16;
  private static final int TAG_BITS = 128;

  /// Either form of file: the S-expression alone, or lines with names of which one is `Key`.
  ///
  /// @return empty where the key is not in it, but on a card
  static Optional<AgentKey> parse(byte[] file) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    int line = text.startsWith("Key:") ? 0 : text.indexOf("\nKey:") + 1;
    boolean named = text.startsWith("Key:") || line > 0;
    var expression =
        SExpression.parse(
            (named ? text.substring(line + "Key:".length()) : text)
                .getBytes(StandardCharsets.ISO_8859_1));
    return switch (expression.name()) {
      case "private-key", "protected-private-key" -> Optional.of(new AgentKey(expression.list(1)));
      default -> Optional.empty();
    };
  }

  /// Whether it is the other half of a public key.
  boolean isOf(PGPPublicKey publicKey) {
    return switch (publicKey.getPublicKeyPacket().getKey()) {
      case RSAPublicBCPGKey rsa -> has("n", rsa.getModulus());
      case EdDSAPublicBCPGKey edwards -> has("q", edwards.getEncodedPoint());
      default -> false;
    };
  }

  private boolean has(String name, BigInteger value) {
    return key.find(name)
        .filter(found -> new BigInteger(1, found.bytes(1)).equals(value))
        .isPresent();
  }

  boolean isProtected() {
    return key.find("protected").isPresent();
  }

  /// The key that belongs to a public one, opened.
  ///
  /// @return empty where it is of a kind that only gpg knows
  /// @throws OciException of category `UNAUTHORIZED` where the passphrase is wrong
  Optional<PGPPrivateKey> open(PGPPublicKey publicKey, Passphrase passphrase) {
    var locked = key.find("protected");
    var numbers = locked.isPresent() ? unlocked(locked.get(), passphrase) : Optional.of(key);
    try {
      return numbers
          .flatMap(found -> secretKey(publicKey.getPublicKeyPacket().getKey(), found))
          .map(found ->
              new PGPPrivateKey(publicKey.getKeyID(), publicKey.getPublicKeyPacket(), found));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw wrongPassphrase(e);
    }
  }

  /// It must be the other half of the public key: that also tells whether the passphrase was right.
  private static Optional<BCPGKey> secretKey(BCPGKey publicKey, SExpression numbers) {
    return switch (publicKey) {
      case RSAPublicBCPGKey rsa -> {
        var p = number(numbers, "p");
        var q = number(numbers, "q");
        var d = number(numbers, "d");
        var probe = BigInteger.TWO;
        require(
            p.multiply(q).equals(rsa.getModulus())
                && probe
                    .modPow(d, rsa.getModulus())
                    .modPow(rsa.getPublicExponent(), rsa.getModulus())
                    .equals(probe));
        yield Optional.of(new RSASecretBCPGKey(d, p, q));
      }
      case EdDSAPublicBCPGKey edwards -> {
        var seed = numbers.find("d").orElseThrow(AgentKey::incomplete).bytes(1);
        var half = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        require(
            new BigInteger("40" + HexFormat.of().formatHex(half), 16)
                .equals(edwards.getEncodedPoint()));
        yield Optional.of(new EdSecretBCPGKey(new BigInteger(1, seed)));
      }
      default -> Optional.empty();
    };
  }

  private static BigInteger number(SExpression numbers, String name) {
    return new BigInteger(1, numbers.find(name).orElseThrow(AgentKey::incomplete).bytes(1));
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw incomplete();
    }
  }

  private static IllegalArgumentException incomplete() {
    return new IllegalArgumentException("it is not the private half of the key");
  }

  private Optional<SExpression> unlocked(SExpression locked, Passphrase passphrase) {
    var mode = locked.text(1);
    if (!mode.equals(OCB) && !mode.equals(CBC)) {
      return Optional.empty();
    }
    try {
      var parameters = locked.list(2);
      var derived = derive(parameters.list(0), passphrase);
      var plain =
          mode.equals(OCB)
              ? ocb(derived, parameters.bytes(1), locked.bytes(3))
              : cbc(derived, parameters.bytes(1), locked.bytes(3));
      return Optional.of(inner(plain));
    } catch (IllegalArgumentException | GeneralSecurityException | InvalidCipherTextException e) {
      throw wrongPassphrase(e);
    }
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
    var known = key.without("protected").canonical();
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

  private static OciException wrongPassphrase(Exception cause) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "open secret key of gpg: the passphrase is wrong, or the file is damaged",
        cause);
  }
}
