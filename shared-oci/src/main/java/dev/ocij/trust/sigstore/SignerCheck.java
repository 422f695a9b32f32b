package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.TrustedSigner;
import java.time.Clock;

/// Tells whether somebody trusted signed some content.
@FunctionalInterface
interface SignerCheck {
  /// The name of the signer's key.
  ///
  /// @throws BadSignatureException where nobody trusted signed it
  String signerOf(SignedContent signed);

  static SignerCheck of(TrustedSigner trusted, Clock clock) {
    return switch (trusted) {
      case TrustedSigner.Keys(var keys, var log) ->
          new KeyCheck(PublicKeys.parse(keys.read()), log == null ? null : LogKeys.read(log));
      case TrustedSigner.Person person -> PersonCheck.of(person);
      case TrustedSigner.Keyless keyless -> KeylessCheck.of(keyless);
      case TrustedSigner.Certified certified -> CertifiedCheck.of(certified, clock);
      case TrustedSigner.Notary _ -> throw SignatureFormat.unknownSigner(trusted, "sigstore");
    };
  }
}
