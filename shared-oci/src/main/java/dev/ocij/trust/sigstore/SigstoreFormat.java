package dev.ocij.trust.sigstore;

import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.SignaturePayload;
import java.util.Base64;
import java.util.List;

/// Verifies cosign's signatures by public keys in PEM.
public final class SigstoreFormat implements SignatureFormat<Signature.Sigstore> {
  @Override
  public Class<Signature.Sigstore> type() {
    return Signature.Sigstore.class;
  }

  @Override
  public Verifier<Signature.Sigstore> verifier(List<byte[]> keys) {
    var publicKeys = PublicKeys.parse(keys);
    return signature -> verify(signature, publicKeys);
  }

  private static Claim verify(Signature.Sigstore signature, PublicKeys keys) {
    if (!signature.mediaType().equals(Signature.Sigstore.PAYLOAD_TYPE)) {
      throw new BadSignatureException(
          "unsupported payload type %s".formatted(Quoted.of(signature.mediaType())));
    }
    var key =
        keys.signerOf(signature.payload(), bytes(signature))
            .orElseThrow(
                () -> new BadSignatureException("cryptographic signature verification failed"));
    return new Claim(
        key, SignaturePayload.parse(signature.payload(), SignaturePayload.Kind.SIGSTORE));
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
