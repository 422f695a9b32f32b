package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.trust.Passphrase;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.EdSecretBCPGKey;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.bcpg.RSASecretBCPGKey;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;

/// A file of `private-keys-v1.d`, as gpg's agent keeps keys: an S-expression, open or encrypted by
/// a passphrase. What it does not understand, gpg may.
///
/// @param key the list that begins with the algorithm
record AgentKey(SExpression key) {
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
    try {
      var numbers =
          locked.isPresent()
              ? new AgentKeyProtection(locked.get(), key.without("protected")).open(passphrase)
              : Optional.of(key);
      return numbers
          .flatMap(found -> secretKey(publicKey.getPublicKeyPacket().getKey(), found))
          .map(found ->
              new PGPPrivateKey(publicKey.getKeyID(), publicKey.getPublicKeyPacket(), found));
    } catch (IllegalArgumentException
        | ArithmeticException
        | GeneralSecurityException
        | InvalidCipherTextException e) {
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

  private static OciException wrongPassphrase(Exception cause) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "open secret key of gpg: the passphrase is wrong, or the file is damaged",
        cause);
  }
}
