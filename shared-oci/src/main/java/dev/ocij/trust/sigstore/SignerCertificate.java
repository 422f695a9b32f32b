package dev.ocij.trust.sigstore;

import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.jspecify.annotations.Nullable;

/// The certificate of whoever signed, and those that came with it.
record SignerCertificate(X509Certificate certificate, List<X509Certificate> others) {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.1";
  private static final String ISSUER_V2 = "1.3.6.1.4.1.57264.1.8";
  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;

  static SignerCertificate of(SignedContent signed) {
    if (signed.certificates().isEmpty()) {
      throw new BadSignatureException("Signature has no certificate");
    }
    var all = signed.certificates();
    return new SignerCertificate(all.getFirst(), all.subList(1, all.size()));
  }

  /// The DER form.
  byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw malformed(e);
    }
  }

  void requireSigned(SignedContent signed) {
    KeyAlgorithm.requireSupported(certificate.getPublicKey());
    if (!PublicKeys.verifies(certificate.getPublicKey(), signed.content(), signed.signature())) {
      throw new BadSignatureException("cryptographic signature verification failed");
    }
  }

  void requireCodeSigning() {
    try {
      var usages = certificate.getExtendedKeyUsage();
      if (usages == null || !usages.contains(CODE_SIGNING)) {
        throw new BadSignatureException("Certificate is not for code signing");
      }
    } catch (CertificateParsingException e) {
      throw malformed(e);
    }
  }

  void requireEmail(String wanted) {
    requireName(EMAIL, wanted, "email");
  }

  void requireHost(String wanted) {
    requireName(DNS, wanted, "host name");
  }

  /// An email address or a URI.
  void requireIdentity(String wanted) {
    var all = Stream.concat(names(EMAIL).stream(), names(URI).stream()).toList();
    requireAmong(all, wanted, "identity");
  }

  /// Both forms of the extension may be there; then they say the same.
  void requireIssuer(String wanted) {
    var said = Stream.of(rawIssuer(), issuer()).filter(Objects::nonNull).toList();
    if (said.isEmpty()) {
      throw new BadSignatureException("Certificate names no OIDC issuer");
    }
    for (var issuer : said) {
      if (!issuer.equals(wanted)) {
        throw new BadSignatureException(
            "Required OIDC issuer %s, got %s".formatted(Quoted.of(wanted), Quoted.of(issuer)));
      }
    }
  }

  private @Nullable String rawIssuer() {
    var value = certificate.getExtensionValue(ISSUER);
    return value == null
        ? null
        : new String(ASN1OctetString.getInstance(value).getOctets(), StandardCharsets.UTF_8);
  }

  private @Nullable String issuer() {
    var value = certificate.getExtensionValue(ISSUER_V2);
    try {
      return value == null
          ? null
          : ASN1UTF8String.getInstance(ASN1OctetString.getInstance(value).getOctets()).getString();
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private void requireName(int kind, String wanted, String what) {
    requireAmong(names(kind), wanted, what);
  }

  private static void requireAmong(List<String> names, String wanted, String what) {
    if (!names.contains(wanted)) {
      throw new BadSignatureException(
          "Required %s %s is not among the certificate's %s"
              .formatted(what, Quoted.of(wanted), Quoted.escape(names.toString())));
    }
  }

  private List<String> names(int kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(kind))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      throw malformed(e);
    }
  }

  private static BadSignatureException malformed(Exception e) {
    return new BadSignatureException("malformed certificate", e);
  }
}
