package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate log's promise to show a certificate: RFC 6962, "Signed Certificate Timestamp".
///
/// @param extensions not to be changed
/// @param signature not to be changed
record CertificateTimestamp(long milliseconds, byte[] extensions, byte[] signature) {
  private static final byte V1 = 0;
  private static final byte CERTIFICATE_TIMESTAMP = 0;
  private static final short PRECERTIFICATE = 1;
  private static final int LOG_ID = 32;

  /// The list of a certificate's extension.
  ///
  /// @throws BadSignatureException where it is none
  static List<CertificateTimestamp> parse(byte[] list) {
    try {
      var all = new ArrayList<CertificateTimestamp>();
      var in = part(ByteBuffer.wrap(list));
      while (in.hasRemaining()) {
        var one = part(in);
        if (one.get() == V1) {
          all.add(parse(one));
        }
      }
      return all;
    } catch (BufferUnderflowException e) {
      throw new BadSignatureException("malformed timestamps of certificate logs", e);
    }
  }

  Instant time() {
    return Instant.ofEpochMilli(milliseconds);
  }

  /// Whether this log promised to show this certificate.
  ///
  /// @param issuer the digest of the issuer's key
  /// @param certificate its signed part, without this promise
  boolean isBy(PublicKey log, byte[] issuer, byte[] certificate) {
    var signed =
        ByteBuffer.allocate(
            1 + 1 + 8 + 2 + issuer.length + 3 + certificate.length + 2 + extensions.length);
    signed.put(V1).put(CERTIFICATE_TIMESTAMP).putLong(milliseconds).putShort(PRECERTIFICATE);
    signed.put(issuer);
    signed.put((byte) (certificate.length >> 16)).putShort((short) certificate.length);
    signed.put(certificate).putShort((short) extensions.length).put(extensions);
    return PublicKeys.verifies(log, signed.array(), signature);
  }

  private static CertificateTimestamp parse(ByteBuffer in) {
    in.get(new byte[LOG_ID]); // a hint; the keys are tried
    long milliseconds = in.getLong();
    var extensions = bytes(part(in));
    in.getShort(); // the algorithm, which the key decides
    return new CertificateTimestamp(milliseconds, extensions, bytes(part(in)));
  }

  /// What stands behind its length.
  private static ByteBuffer part(ByteBuffer in) {
    int length = in.getShort() & 0xffff;
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static byte[] bytes(ByteBuffer part) {
    var bytes = new byte[part.remaining()];
    part.get(bytes);
    return bytes;
  }
}
