package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The kinds of keys that sign here.
enum KeyAlgorithm {
  ECDSA_P256("1.2.840.10045.2.1", "EC", "SHA256withECDSA"),
  ED25519("1.3.101.112", "Ed25519", "Ed25519");

  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

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
      requireP256(key);
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
      requireP256(key);
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      throw invalid("read private key", e);
    }
  }

  /// The JDK's signature object for a key that came from here.
  static Signature signature(Key key) throws GeneralSecurityException {
    var algorithm = key instanceof ECKey ? ECDSA_P256 : ED25519;
    return Signature.getInstance(algorithm.signature);
  }

  private static KeyAlgorithm ofOid(String oid) {
    for (var algorithm : values()) {
      if (algorithm.oid.equals(oid)) {
        return algorithm;
      }
    }
    throw unsupported("algorithm " + oid);
  }

  private static void requireP256(Key key) {
    if (key instanceof ECKey ec && !ec.getParams().getOrder().equals(P256_ORDER)) {
      throw unsupported("an EC key of %d bits".formatted(ec.getParams().getOrder().bitLength()));
    }
  }

  private static OciException unsupported(String found) {
    return new OciException(
        OciException.Category.INVALID, "read key: expected ECDSA P-256 or Ed25519, got " + found);
  }

  private static OciException invalid(String attempt, Exception e) {
    return new OciException(
        OciException.Category.INVALID,
        "%s: not a key: %s".formatted(attempt, Quoted.escape(String.valueOf(e.getMessage()))),
        e);
  }
}
