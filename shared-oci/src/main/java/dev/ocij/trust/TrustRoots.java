package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/// X.509 certificates that are believed, and others that may stand between them and a signer's.
public record TrustRoots(List<X509Certificate> roots, List<X509Certificate> intermediates) {
  private static final int LEAST_RSA_BITS = 2048;

  public TrustRoots {
    roots = List.copyOf(roots);
    intermediates = List.copyOf(intermediates);
  }

  /// Every certificate of some files, PEM or DER.
  ///
  /// @throws OciException of category `INVALID` where a file holds none
  public static List<X509Certificate> certificates(List<byte[]> files) {
    var all = new ArrayList<X509Certificate>();
    for (var file : files) {
      try {
        var found =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(file));
        if (found.isEmpty()) {
          throw new CertificateException("there is none in it");
        }
        found.forEach(certificate -> all.add(X509Certificate.class.cast(certificate)));
      } catch (CertificateException e) {
        throw new OciException(
            OciException.Category.INVALID, "read certificate: " + Quoted.escape(Reason.of(e)), e);
      }
    }
    return all;
  }

  /// The chain from a certificate to one of the roots, each valid at that time.
  ///
  /// @param sent what came with the certificate; believed only as far as it leads to a root
  /// @return the root last
  /// @throws BadSignatureException where there is none
  public List<X509Certificate> chain(
      X509Certificate leaf, List<X509Certificate> sent, Instant time) {
    requireValid(leaf, time);
    var path = path(leaf, sent, time);
    path.forEach(certificate -> requireValid(certificate, time));
    path.forEach(TrustRoots::requireStrong);
    return path;
  }

  private List<X509Certificate> path(
      X509Certificate leaf, List<X509Certificate> sent, Instant time) {
    try {
      var target = new X509CertSelector();
      target.setCertificate(leaf);
      var anchors =
          roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
      var parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(time));
      parameters.addCertStore(store(leaf, sent));
      var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      var path = new ArrayList<X509Certificate>();
      for (Certificate certificate : built.getCertPath().getCertificates()) {
        path.add((X509Certificate) certificate);
      }
      path.add(built.getTrustAnchor().getTrustedCert());
      return path;
    } catch (GeneralSecurityException e) {
      throw new BadSignatureException(
          "certificate of %s does not lead to a trusted root".formatted(name(leaf)), e);
    }
  }

  private CertStore store(X509Certificate leaf, List<X509Certificate> sent)
      throws GeneralSecurityException {
    var all = new ArrayList<>(intermediates);
    all.addAll(sent);
    all.add(leaf);
    return CertStore.getInstance("Collection", new CollectionCertStoreParameters(all));
  }

  private static void requireValid(X509Certificate certificate, Instant time) {
    if (time.isBefore(certificate.getNotBefore().toInstant())) {
      throw new BadSignatureException(
          "certificate of %s is not valid before %s"
              .formatted(name(certificate), certificate.getNotBefore().toInstant()));
    }
    if (time.isAfter(certificate.getNotAfter().toInstant())) {
      throw new BadSignatureException(
          "certificate of %s expired at %s"
              .formatted(name(certificate), certificate.getNotAfter().toInstant()));
    }
  }

  private static void requireStrong(X509Certificate certificate) {
    if (certificate.getPublicKey() instanceof RSAKey rsa
        && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new BadSignatureException(
          "certificate of %s: an RSA key of %d bits is too weak"
              .formatted(name(certificate), rsa.getModulus().bitLength()));
    }
    var algorithm = certificate.getSigAlgName();
    if (!isSelfSigned(certificate)
        && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
      throw new BadSignatureException(
          "certificate of %s: a signature by %s is too weak"
              .formatted(name(certificate), algorithm));
    }
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /// What a certificate calls its owner, for messages.
  public static String name(X509Certificate certificate) {
    var subject = certificate.getSubjectX500Principal().getName();
    return Quoted.of(subject.isEmpty() ? "serial " + certificate.getSerialNumber() : subject);
  }
}
