package dev.ocij.trust.sigstore;

import dev.ocij.trust.TrustRoots;
import dev.ocij.trust.TrustedSigner;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Believes whoever has a certificate of one's own authorities with the right name. Nobody tells
/// when it was used, so it must be valid now.
record CertifiedCheck(
    TrustRoots authorities, @Nullable String email, @Nullable String host, Clock clock)
    implements SignerCheck {
  static CertifiedCheck of(TrustedSigner.Certified certified, Clock clock) {
    var roots =
        new TrustRoots(
            TrustRoots.certificates(certified.roots().read()),
            TrustRoots.certificates(certified.intermediates().read()));
    return new CertifiedCheck(roots, certified.email(), certified.host(), clock);
  }

  @Override
  public String signerOf(SignedContent signed) {
    var signer = SignerCertificate.of(signed);
    signer.requireSigned(signed);
    authorities.chain(signer.certificate(), signer.others(), clock.instant());
    signer.requireCodeSigning();
    if (email != null) {
      signer.requireEmail(email);
    }
    if (host != null) {
      signer.requireHost(host);
    }
    return TrustRoots.name(signer.certificate());
  }
}
