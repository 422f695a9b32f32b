package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.SignaturePayload;
import dev.ocij.trust.TrustRoots;
import dev.ocij.trust.TrustedSigner;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Verifies signatures as cosign attaches them, by public keys or certificates.
public final class SigstoreFormat implements SignatureFormat<Signature.Sigstore> {
  static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
  static final String CHAIN = "dev.sigstore.cosign/chain";
  static final String LOG_ENTRY = "dev.sigstore.cosign/bundle";
  static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";

  private final Clock clock;

  public SigstoreFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<Signature.Sigstore> type() {
    return Signature.Sigstore.class;
  }

  @Override
  public Verifier<Signature.Sigstore> verifier(TrustedSigner trusted) {
    var check = SignerCheck.of(trusted, clock);
    return signature -> verify(signature, check);
  }

  private static Claim verify(Signature.Sigstore signature, SignerCheck check) {
    if (!signature.mediaType().equals(Signature.Sigstore.PAYLOAD_TYPE)) {
      throw new BadSignatureException(
          "unsupported payload type %s".formatted(Quoted.of(signature.mediaType())));
    }
    var key = check.signerOf(content(signature));
    return Claim.of(
        key, SignaturePayload.parse(signature.payload(), SignaturePayload.Kind.SIGSTORE));
  }

  private static SignedContent content(Signature.Sigstore signature) {
    var entry = signature.annotations().get(LOG_ENTRY);
    var timestamp = signature.annotations().get(TIMESTAMP);
    return new SignedContent(
        signature.payload(),
        signature.payload(),
        bytes(signature),
        certificates(signature),
        entry == null ? List.of() : List.of(LegacyEntry.parse(entry)),
        timestamp == null ? List.of() : List.of(LegacyTimestamp.parse(timestamp)));
  }

  private static List<X509Certificate> certificates(Signature.Sigstore signature) {
    var all = new ArrayList<X509Certificate>();
    for (var annotation : List.of(CERTIFICATE, CHAIN)) {
      var pem = signature.annotations().get(annotation);
      if (pem != null && (annotation.equals(CERTIFICATE) || !all.isEmpty())) {
        all.addAll(certificates(pem, annotation));
      }
    }
    return all;
  }

  private static List<X509Certificate> certificates(String pem, String annotation) {
    try {
      return TrustRoots.certificates(List.of(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (OciException e) {
      throw new BadSignatureException("malformed %s annotation".formatted(annotation), e);
    }
  }

  private static byte[] bytes(Signature.Sigstore signature) {
    var base64 = signature.annotations().get(Signature.Sigstore.SIGNATURE_ANNOTATION);
    if (base64 == null) {
      throw new BadSignatureException(
          "missing %s annotation".formatted(Signature.Sigstore.SIGNATURE_ANNOTATION));
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new BadSignatureException(
          "the annotation %s is not base64".formatted(Signature.Sigstore.SIGNATURE_ANNOTATION), e);
    }
  }
}
