package dev.ocij.trust.notation;

import dev.ocij.trust.BadSignatureException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/// How a key signs, which its kind and size decide: the Notary Project's signature specification,
/// "Signature Algorithm Requirements".
enum NotaryAlgorithm {
  PS256(-37, "RSA", 2048, "SHA-256", 32),
  PS384(-38, "RSA", 3072, "SHA-384", 48),
  PS512(-39, "RSA", 4096, "SHA-512", 64),
  ES256(-7, "EC", 256, "SHA256", 0),
  ES384(-35, "EC", 384, "SHA384", 0),
  ES512(-36, "EC", 521, "SHA512", 0);

  private final long cose;
  private final String kind;
  private final int bits;
  private final String hash;
  private final int salt;

  NotaryAlgorithm(long cose, String kind, int bits, String hash, int salt) {
    this.cose = cose;
    this.kind = kind;
    this.bits = bits;
    this.hash = hash;
    this.salt = salt;
  }

  /// @throws BadSignatureException where keys of this kind or size do not sign
  static NotaryAlgorithm of(Key key) {
    int size =
        switch (key) {
          case RSAKey rsa -> rsa.getModulus().bitLength();
          case ECKey ec -> ec.getParams().getOrder().bitLength();
          default -> 0;
        };
    var kind = key instanceof RSAKey ? "RSA" : "EC";
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.kind.equals(kind) && algorithm.bits == size)
        .findFirst()
        .orElseThrow(() ->
            new BadSignatureException(
                "a key %s of %d bits must not sign".formatted(key.getAlgorithm(), size)));
  }

  /// The name in an envelope: that of JWS, or COSE's number.
  boolean isCalled(Object name) {
    return name.equals(name()) || name.equals(cose);
  }

  long coseNumber() {
    return cose;
  }

  Signature signing(PrivateKey with) throws GeneralSecurityException {
    var signature = signature();
    signature.initSign(with);
    return prepared(signature);
  }

  Signature verifying(PublicKey by) throws GeneralSecurityException {
    var signature = signature();
    signature.initVerify(by);
    return prepared(signature);
  }

  private Signature signature() throws GeneralSecurityException {
    return Signature.getInstance(
        kind.equals("EC") ? hash + "withECDSAinP1363Format" : "RSASSA-PSS");
  }

  /// After the key has chosen the provider, which parameters would choose otherwise.
  private Signature prepared(Signature signature) throws GeneralSecurityException {
    if (kind.equals("EC")) {
      return signature;
    }
    var mask = new MGF1ParameterSpec(hash);
    signature.setParameter(new PSSParameterSpec(hash, "MGF1", mask, salt, 1));
    return signature;
  }
}
