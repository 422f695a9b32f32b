package dev.ocij.http;

import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/// A certificate as a PEM file holds it. It is decoded when it is needed: a system's bundle has
/// hundreds, and a server's chain leads to one of them.
///
/// @param file for messages
record EncodedCertificate(byte[] der, String file) {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");

  /// All certificates in a PEM text.
  ///
  /// @throws OciException where one is no base64
  static List<EncodedCertificate> all(String text, String file) {
    try {
      return PEM.matcher(text)
          .results()
          .map(pem -> Base64.getMimeDecoder().decode(pem.group(1)))
          .map(der -> new EncodedCertificate(der, file))
          .toList();
    } catch (IllegalArgumentException e) {
      throw broken(file, e);
    }
  }

  /// Whether this may be the certificate of an authority: its name stands in it, byte by byte.
  boolean mentions(X500Principal authority) {
    return latin1(der).contains(latin1(authority.getEncoded()));
  }

  /// @throws OciException where it cannot be read
  X509Certificate decode() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw broken(file, e);
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static OciException broken(String file, Exception cause) {
    return new OciException(
        OciException.Category.INVALID, "read %s: a certificate is broken".formatted(file), cause);
  }
}
