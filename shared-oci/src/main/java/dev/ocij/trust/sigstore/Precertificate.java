package dev.ocij.trust.sigstore;

import dev.ocij.spec.Digest;
import dev.ocij.trust.BadSignatureException;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/// What a certificate was before the promises of certificate logs were put into it.
///
/// @param signed its signed part; not to be changed
record Precertificate(byte[] signed, List<CertificateTimestamp> promises) {
  private static final String PROMISES = "1.3.6.1.4.1.11129.2.4.2";
  private static final int EXTENSIONS = 3;

  static Precertificate of(X509Certificate certificate) {
    var value = certificate.getExtensionValue(PROMISES);
    if (value == null) {
      throw new BadSignatureException("Certificate has no promise of a certificate log");
    }
    try {
      var list = ASN1OctetString.getInstance(ASN1OctetString.getInstance(value).getOctets());
      return new Precertificate(
          without(ASN1Sequence.getInstance(certificate.getTBSCertificate())),
          CertificateTimestamp.parse(list.getOctets()));
    } catch (IOException | CertificateEncodingException | RuntimeException e) {
      throw e instanceof BadSignatureException known
          ? known
          : new BadSignatureException("malformed certificate", e);
    }
  }

  /// @throws BadSignatureException where none of the logs promised to show it
  void requirePromised(List<LogKey> logs, X509Certificate issuer) {
    var issuerKey = Digest.Algorithm.SHA256.newHash().digest(issuer.getPublicKey().getEncoded());
    for (var promise : promises) {
      for (var log : logs) {
        if (log.validity().contains(promise.time()) && promise.isBy(log.key(), issuerKey, signed)) {
          return;
        }
      }
    }
    throw new BadSignatureException("Certificate has no promise of a known certificate log");
  }

  private static byte[] without(ASN1Sequence certificate) throws IOException {
    var parts = new ASN1EncodableVector();
    for (var part : certificate) {
      boolean isExtensions =
          part.toASN1Primitive() instanceof ASN1TaggedObject tagged
              && tagged.getTagNo() == EXTENSIONS;
      parts.add(isExtensions ? others(ASN1TaggedObject.getInstance(part)) : part);
    }
    return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
  }

  private static ASN1Encodable others(ASN1TaggedObject extensions) {
    var others = new ASN1EncodableVector();
    for (var extension : ASN1Sequence.getInstance(extensions, true)) {
      var id = ASN1ObjectIdentifier.getInstance(ASN1Sequence.getInstance(extension).getObjectAt(0));
      if (!id.getId().equals(PROMISES)) {
        others.add(extension);
      }
    }
    return new DERTaggedObject(true, EXTENSIONS, new DERSequence(others));
  }
}
