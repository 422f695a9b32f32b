package dev.ocij.trust;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/// An authority's word that some bytes were there at a time: RFC 3161. Nothing of it is believed
/// before [#timeOf].
public final class Timestamp {
  private static final Map<String, String> DIGESTS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  private final TimeStampToken token;

  private Timestamp(TimeStampToken token) {
    this.token = token;
  }

  /// An authority's answer, as sigstore keeps it, or the token alone, as notation does.
  ///
  /// @throws BadSignatureException where it is neither
  public static Timestamp parse(byte[] der) {
    try {
      return new Timestamp(isResponse(der) ? answered(der) : token(der));
    } catch (IOException | TSPException | RuntimeException e) {
      throw e instanceof BadSignatureException known
          ? known
          : new BadSignatureException("malformed timestamp", e);
    }
  }

  /// What it says, whoever says it.
  public Instant time() {
    return token.getTimeStampInfo().getGenTime().toInstant();
  }

  /// When the bytes were there, by an authority that leads to one of the roots.
  ///
  /// @throws BadSignatureException where it is not of these bytes, or by nobody trusted
  public Instant timeOf(byte[] content, TrustRoots roots) {
    var _ = chainOf(content, roots);
    return time();
  }

  /// The certificates of the authority that says that the bytes were there, its own first.
  ///
  /// @throws BadSignatureException where it is not of these bytes, or by nobody trusted
  public List<X509Certificate> chainOf(byte[] content, TrustRoots roots) {
    requireOf(content);
    var all = certificates(roots);
    var signer =
        all.stream()
            .filter(certificate -> token.getSID().match(holder(certificate)))
            .findFirst()
            .orElseThrow(() -> new BadSignatureException("timestamp without its certificate"));
    requireSigned(signer);
    return roots.chain(signer, all, time());
  }

  private void requireOf(byte[] content) {
    var info = token.getTimeStampInfo();
    var algorithm = DIGESTS.get(info.getMessageImprintAlgOID().getId());
    if (algorithm == null) {
      throw new BadSignatureException(
          "timestamp by the weak or unknown digest " + info.getMessageImprintAlgOID());
    }
    try {
      var digest = MessageDigest.getInstance(algorithm).digest(content);
      if (!Arrays.equals(digest, info.getMessageImprintDigest())) {
        throw new BadSignatureException("timestamp of other bytes");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-2", e);
    }
  }

  /// Those that came with it, and those that are known.
  private List<X509Certificate> certificates(TrustRoots roots) {
    var all = new ArrayList<X509Certificate>();
    try {
      for (var holder : token.getCertificates().getMatches(null)) {
        all.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    } catch (CertificateException e) {
      throw new BadSignatureException("malformed certificate in a timestamp", e);
    }
    all.addAll(roots.intermediates());
    all.addAll(roots.roots());
    return all;
  }

  /// Among other things the certificate must be for timestamps and for nothing else.
  private void requireSigned(X509Certificate signer) {
    try {
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
    } catch (TSPException | OperatorCreationException | RuntimeException e) {
      throw new BadSignatureException(
          "timestamp's signature by %s does not hold".formatted(TrustRoots.name(signer)), e);
    }
  }

  private static X509CertificateHolder holder(X509Certificate certificate) {
    try {
      return new X509CertificateHolder(certificate.getEncoded());
    } catch (IOException | CertificateException e) {
      throw new BadSignatureException("malformed certificate in a timestamp", e);
    }
  }

  /// A token begins with its type; an answer with the status.
  private static boolean isResponse(byte[] der) {
    var sequence = ASN1Sequence.getInstance(der);
    return sequence.size() > 0 && sequence.getObjectAt(0).toASN1Primitive() instanceof ASN1Sequence;
  }

  private static TimeStampToken answered(byte[] der) throws IOException, TSPException {
    var token = new TimeStampResponse(der).getTimeStampToken();
    if (token == null) {
      throw new BadSignatureException("malformed timestamp: the authority refused it");
    }
    return token;
  }

  private static TimeStampToken token(byte[] der) throws IOException, TSPException {
    try {
      return new TimeStampToken(new CMSSignedData(der));
    } catch (CMSException e) {
      throw new BadSignatureException("malformed timestamp", e);
    }
  }
}
