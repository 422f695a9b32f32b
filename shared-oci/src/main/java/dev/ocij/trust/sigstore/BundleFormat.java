package dev.ocij.trust.sigstore;

import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.TrustedSigner;
import java.time.Clock;

/// Verifies sigstore bundles over statements about images, by public keys or certificates.
public final class BundleFormat implements SignatureFormat<Signature.Bundle> {
  private final Clock clock;

  public BundleFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<Signature.Bundle> type() {
    return Signature.Bundle.class;
  }

  @Override
  public Verifier<Signature.Bundle> verifier(TrustedSigner trusted) {
    var check = SignerCheck.of(trusted, clock);
    return signature -> verify(Bundle.parse(signature.json()), check);
  }

  private static Claim verify(Bundle bundle, SignerCheck check) {
    var key = check.signerOf(bundle.content());
    var envelope = bundle.envelope();
    if (!envelope.payloadType().equals(Envelope.STATEMENT)) {
      throw new BadSignatureException(
          "unsupported payload type %s".formatted(Quoted.of(envelope.payloadType())));
    }
    var statement = Statement.parse(envelope.payload());
    return new Claim(key, statement.subjects(), null, statement.predicateType());
  }
}
