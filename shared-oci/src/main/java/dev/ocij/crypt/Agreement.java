package dev.ocij.crypt;

import dev.ocij.spec.Digest;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;

/// A key that two holders of elliptic curve keys agree on (RFC 7518, section 4.6).
final class Agreement {
  static final String ALGORITHM = "ECDH-ES+A256KW";
  private static final int KEY_BITS = 256;

  private Agreement() {}

  static byte[] key(PrivateKey own, PublicKey other, JweHeader header)
      throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own);
    agreement.doPhase(other, true);
    return derived(agreement.generateSecret(), header);
  }

  /// The public key at a point of this curve.
  static PublicKey key(ECParameterSpec curve, JweHeader.Point point)
      throws GeneralSecurityException {
    var where = new ECPoint(number(point.x()), number(point.y()));
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(where, curve));
  }

  static JweHeader.Point point(ECPublicKey key) {
    var where = key.getW();
    int bits = key.getParams().getCurve().getField().getFieldSize();
    return new JweHeader.Point(
        "EC", curve(bits), text(where.getAffineX(), bits), text(where.getAffineY(), bits));
  }

  /// Whether a point is on the curve of this key.
  static boolean isOnCurve(ECPrivateKey key, JweHeader.Point point) {
    return curve(key.getParams().getCurve().getField().getFieldSize()).equals(point.crv());
  }

  /// The JDK has the curves of NIST only.
  private static String curve(int bits) {
    return "P-" + bits;
  }

  /// The only round of Concat KDF (NIST SP 800-56A) that so short a key takes.
  private static byte[] derived(byte[] secret, JweHeader header) {
    var hash = Digest.Algorithm.SHA256.newHash();
    hash.update(number(1));
    hash.update(secret);
    updateSized(hash, JweHeader.ascii(ALGORITHM));
    updateSized(hash, JweHeader.decode(header.apu()));
    updateSized(hash, JweHeader.decode(header.apv()));
    return hash.digest(number(KEY_BITS));
  }

  private static void updateSized(MessageDigest hash, byte[] bytes) {
    hash.update(number(bytes.length));
    hash.update(bytes);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, JweHeader.decode(base64));
  }

  /// As many bytes as the field needs, whatever the number.
  private static String text(BigInteger number, int bits) {
    int length = (bits + 7) / 8;
    var bytes = number.toByteArray();
    var sized = new byte[length];
    int taken = Math.min(length, bytes.length);
    System.arraycopy(bytes, bytes.length - taken, sized, length - taken, taken);
    return JweHeader.encode(sized);
  }
}
