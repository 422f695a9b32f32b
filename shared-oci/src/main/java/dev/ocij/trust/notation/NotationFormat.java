package dev.ocij.trust.notation;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.TrustRoots;
import dev.ocij.trust.TrustedSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/// Verifies the Notary Project's envelopes by certificates.
public final class NotationFormat implements SignatureFormat<Signature.Notation> {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private final Clock clock;

  public NotationFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<Signature.Notation> type() {
    return Signature.Notation.class;
  }

  @Override
  public Verifier<Signature.Notation> verifier(TrustedSigner trusted) {
    if (trusted instanceof TrustedSigner.Notary notary) {
      var check = NotaryCheck.of(notary, clock);
      return signature -> verify(signature, check);
    }
    throw SignatureFormat.unknownSigner(trusted, "notation");
  }

  private static Claim verify(Signature.Notation signature, NotaryCheck check) {
    var envelope = NotaryEnvelope.parse(signature.mediaType(), signature.envelope());
    envelope.requireSound();
    var leaf = envelope.chain().getFirst();
    requireHolds(envelope, leaf);
    check.requireTrusted(envelope, leaf);
    requireSigning(leaf);
    return new Claim(TrustRoots.name(leaf), List.of(target(envelope.payload())), null, null);
  }

  private static void requireHolds(NotaryEnvelope envelope, X509Certificate leaf) {
    var algorithm = NotaryAlgorithm.of(leaf.getPublicKey());
    if (!algorithm.isCalled(envelope.algorithm())) {
      throw new BadSignatureException(
          "the algorithm is not %s, which the key demands".formatted(algorithm));
    }
    try {
      var verifier = algorithm.verifying(leaf.getPublicKey());
      verifier.update(envelope.signed());
      if (verifier.verify(envelope.signature())) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new BadSignatureException("cryptographic signature verification failed", e);
    }
    throw new BadSignatureException("cryptographic signature verification failed");
  }

  private static void requireSigning(X509Certificate leaf) {
    try {
      var usages = leaf.getExtendedKeyUsage();
      var keyUsage = leaf.getKeyUsage();
      if (usages != null && !usages.contains(CODE_SIGNING)) {
        throw new BadSignatureException("Certificate is not for code signing");
      }
      if (keyUsage == null || !keyUsage[0]) {
        throw new BadSignatureException("Certificate is not for digital signatures");
      }
    } catch (CertificateParsingException e) {
      throw new BadSignatureException("malformed certificate", e);
    }
  }

  private static Digest target(byte[] payload) {
    try {
      var digest = Json.readTree(payload, "payload").path("targetArtifact").path("digest");
      return Digest.parse(digest.asText());
    } catch (OciException e) {
      throw new BadSignatureException("invalid signature payload: " + e.sentence(), e);
    }
  }
}
