package dev.ocij.trust.sigstore;

import dev.ocij.trust.TrustRoots;
import dev.ocij.trust.TrustedSigner;
import java.util.List;

/// Believes one person, whom Fulcio certified, at the time that the log tells.
record PersonCheck(TrustRoots authorities, String issuer, String email, LogKeys log)
    implements SignerCheck {
  static PersonCheck of(TrustedSigner.Person person) {
    return new PersonCheck(
        new TrustRoots(TrustRoots.certificates(person.authorities().read()), List.of()),
        person.issuer(),
        person.email(),
        LogKeys.read(person.log()));
  }

  @Override
  public String signerOf(SignedContent signed) {
    var signer = SignerCertificate.of(signed);
    signer.requireSigned(signed);
    var time = log.timeOf(signed, signer.encoded());
    authorities.chain(signer.certificate(), signer.others(), time);
    signer.requireCodeSigning();
    signer.requireIssuer(issuer);
    signer.requireEmail(email);
    return "%s (%s)".formatted(email, issuer);
  }
}
