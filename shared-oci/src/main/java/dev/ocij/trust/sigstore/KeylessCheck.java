package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.TrustedSigner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Believes somebody whom an authority of a trusted root certified for some minutes, as sigstore's
/// clients do it: every time that is told must be one at which the certificate held.
record KeylessCheck(TrustedRoot root, String issuer, String identity) implements SignerCheck {
  private static final int MOST_TIMESTAMPS = 32;

  static KeylessCheck of(TrustedSigner.Keyless keyless) {
    return new KeylessCheck(TrustedRoot.read(keyless.root()), keyless.issuer(), keyless.identity());
  }

  @Override
  public String signerOf(SignedContent signed) {
    var signer = SignerCertificate.of(signed);
    signer.requireSigned(signed);
    for (var time : times(signed, signer)) {
      var chain = root.chain(signer, time);
      if (!root.certificateLogs().isEmpty()) {
        Precertificate.of(signer.certificate())
            .requirePromised(root.certificateLogs(), chain.get(1));
      }
    }
    signer.requireCodeSigning();
    signer.requireIssuer(issuer);
    signer.requireIdentity(identity);
    return "%s (%s)".formatted(identity, issuer);
  }

  /// When it was signed, by everybody who tells it; at least one.
  private List<Instant> times(SignedContent signed, SignerCertificate signer) {
    var times = new ArrayList<Instant>();
    if (!root.timestampAuthorities().isEmpty()) {
      requireFew(signed.timestamps());
      signed.timestamps().forEach(one -> times.add(root.timeOf(one, signed.signature())));
    }
    if (!root.logs().isEmpty()) {
      var entry = new LogKeys(root.logs()).entryOf(signed, signer.encoded(), times);
      entry.promisedTime().ifPresent(times::add);
    }
    if (times.isEmpty()) {
      throw new BadSignatureException("nobody of the trusted root tells when it was signed");
    }
    return times;
  }

  private static void requireFew(List<byte[]> timestamps) {
    if (timestamps.size() > MOST_TIMESTAMPS) {
      throw new BadSignatureException(
          "%d timestamps are more than the %d that are looked at"
              .formatted(timestamps.size(), MOST_TIMESTAMPS));
    }
  }
}
