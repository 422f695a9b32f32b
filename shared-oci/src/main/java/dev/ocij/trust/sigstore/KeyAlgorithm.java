package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The kinds of keys that sign here.
enum KeyAlgorithm {
  ECDSA("1.2.840.10045.2.1", "EC", "SHA256withECDSA"),
  ED25519("1.3.101.112", "Ed25519", "Ed25519"),
  RSA("1.2.840.113549.1.1.1", "RSA", "SHA256withRSA");

  /// The sizes of NIST's curves.
  private static final Set<Integer> CURVES = Set.of(256, 384, 521);

  private static final int LEAST_RSA_BITS = 2048;

  private final String oid;
  private final String keyFactory;
  private final String signature;

  KeyAlgorithm(String oid, String keyFactory, String signature) {
    this.oid = oid;
    this.keyFactory = keyFactory;
    this.signature = signature;
  }

  /// A public key in its X.509 form.
  static PublicKey publicKey(byte[] der) {
    try {
      var oid = SubjectPublicKeyInfo.getInstance(der).getAlgorithm().getAlgorithm().getId();
      var key =
          KeyFactory.getInstance(ofOid(oid).keyFactory).generatePublic(new X509EncodedKeySpec(der));
      requireSupported(key);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      throw invalid("read public key", e);
    }
  }

  /// A private key in its PKCS#8 form.
  static PrivateKey privateKey(byte[] der) {
    try {
      var oid = PrivateKeyInfo.getInstance(der).getPrivateKeyAlgorithm().getAlgorithm().getId();
      var key =
          KeyFactory.getInstance(ofOid(oid).keyFactory)
              .generatePrivate(new PKCS8EncodedKeySpec(der));
      requireSupported(key);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      throw invalid("read private key", e);
    }
  }

  /// The JDK's signature object for a key that came from here.
  static Signature signature(Key key) throws GeneralSecurityException {
    return Signature.getInstance(of(key).signature);
  }

  private static KeyAlgorithm ofOid(String oid) {
    for (var algorithm : values()) {
      if (algorithm.oid.equals(oid)) {
        return algorithm;
      }
    }
    throw unsupported("algorithm " + oid);
  }

  private static KeyAlgorithm of(Key key) {
    return switch (key) {
      case ECKey _ -> ECDSA;
      case RSAKey _ -> RSA;
      default -> ED25519;
    };
  }

  /// @throws OciException where the key is of a kind that does not sign here, or too weak
  static void requireSupported(Key key) {
    if (key instanceof ECKey ec && !CURVES.contains(ec.getParams().getOrder().bitLength())) {
      throw unsupported("an EC key of %d bits".formatted(ec.getParams().getOrder().bitLength()));
    }
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw unsupported("an RSA key of %d bits".formatted(rsa.getModulus().bitLength()));
    }
  }

  private static OciException unsupported(String found) {
    return new OciException(
        OciException.Category.INVALID,
        "read key: expected ECDSA on a NIST curve, Ed25519 or RSA of at least 2048 bits, got "
            + found);
  }

  private static OciException invalid(String attempt, Exception e) {
    return new OciException(
        OciException.Category.INVALID,
        "%s: not a key: %s".formatted(attempt, Quoted.escape(Reason.of(e))),
        e);
  }
}
