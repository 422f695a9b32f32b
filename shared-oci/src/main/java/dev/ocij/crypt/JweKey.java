package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// The content's key of an envelope, wrapped for one recipient: by RSA-OAEP, or by AES under a key
/// that both sides agree on (ECDH-ES+A256KW).
final class JweKey {
  private static final String RSA = "RSA-OAEP";
  private static final String RSA_256 = "RSA-OAEP-256";

  private JweKey() {}

  static Jwe.To wrap(byte[] contentKey, PublicKey key) {
    try {
      return key instanceof ECPublicKey point
          ? wrapByAgreement(contentKey, point)
          : new Jwe.To(
              JweHeader.of(RSA, null),
              JweHeader.encode(wrapped(oaep(Cipher.WRAP_MODE, key, "SHA-1"), contentKey)));
    } catch (GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.INVALID, "encrypt for a key: " + Reason.of(e), e);
    }
  }

  /// The content's key; nothing where it was wrapped for another one.
  static Optional<byte[]> unwrap(byte[] wrapped, JweHeader header, PrivateKey key) {
    var algorithm = String.valueOf(header.alg());
    try {
      return switch (algorithm) {
        case RSA -> unwrapByRsa(wrapped, key, "SHA-1");
        case RSA_256 -> unwrapByRsa(wrapped, key, "SHA-256");
        case Agreement.ALGORITHM -> unwrapByAgreement(wrapped, header, key);
        default ->
            throw new OciException(
                OciException.Category.UNSUPPORTED,
                "open JWE: key wrapped by %s; expected %s, %s or %s"
                    .formatted(Quoted.of(algorithm), RSA, RSA_256, Agreement.ALGORITHM));
      };
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Jwe.To wrapByAgreement(byte[] contentKey, ECPublicKey key)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(key.getParams());
    var ephemeral = generator.generateKeyPair();
    var header =
        JweHeader.of(Agreement.ALGORITHM, Agreement.point((ECPublicKey) ephemeral.getPublic()));
    var agreed = Agreement.key(ephemeral.getPrivate(), key, header);
    return new Jwe.To(header, JweHeader.encode(wrapped(aes(Cipher.WRAP_MODE, agreed), contentKey)));
  }

  private static Optional<byte[]> unwrapByRsa(byte[] wrapped, PrivateKey key, String hash)
      throws GeneralSecurityException {
    return key instanceof RSAPrivateKey
        ? unwrapped(oaep(Cipher.UNWRAP_MODE, key, hash), wrapped)
        : Optional.empty();
  }

  private static Optional<byte[]> unwrapByAgreement(
      byte[] wrapped, JweHeader header, PrivateKey key) throws GeneralSecurityException {
    var point = header.epk();
    if (!(key instanceof ECPrivateKey own) || point == null || !Agreement.isOnCurve(own, point)) {
      return Optional.empty();
    }
    var agreed = Agreement.key(own, Agreement.key(own.getParams(), point), header);
    return unwrapped(aes(Cipher.UNWRAP_MODE, agreed), wrapped);
  }

  private static byte[] wrapped(Cipher cipher, byte[] contentKey) throws GeneralSecurityException {
    return cipher.wrap(new SecretKeySpec(contentKey, "AES"));
  }

  private static Optional<byte[]> unwrapped(Cipher cipher, byte[] wrapped)
      throws GeneralSecurityException {
    return Optional.of(cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded());
  }

  private static Cipher aes(int mode, byte[] key) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AESWrap");
    cipher.init(mode, new SecretKeySpec(key, "AES"));
    return cipher;
  }

  private static Cipher oaep(int mode, Key key, String hash) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        mode,
        key,
        new OAEPParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
    return cipher;
  }
}
