package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.security.PublicKey;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// The public key that belongs to a private one: files of private keys need not hold it.
final class PublicHalf {
  private PublicHalf() {}

  /// @param pkcs8 a private key
  static PublicKey of(byte[] pkcs8) {
    try {
      var parameters = publicParameters(PrivateKeyFactory.createKey(pkcs8));
      var info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters);
      return KeyAlgorithm.publicKey(info.getEncoded());
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.INVALID, "read private key: it has no public half", e);
    }
  }

  private static AsymmetricKeyParameter publicParameters(AsymmetricKeyParameter key)
      throws IOException {
    return switch (key) {
      case ECPrivateKeyParameters ec ->
          new ECPublicKeyParameters(
              ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
      case Ed25519PrivateKeyParameters edwards -> edwards.generatePublicKey();
      case RSAPrivateCrtKeyParameters rsa ->
          new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
      default -> throw new IOException("unknown kind of key");
    };
  }
}
