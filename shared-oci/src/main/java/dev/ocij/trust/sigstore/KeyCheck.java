package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Believes the holders of some keys, and of a log that has seen the signature if there is to be
/// one.
record KeyCheck(PublicKeys keys, @Nullable LogKeys log) implements SignerCheck {
  @Override
  public String signerOf(SignedContent signed) {
    var key =
        keys.signerOf(signed.content(), signed.signature())
            .orElseThrow(() ->
                new BadSignatureException(
                    "cryptographic signature verification failed, by %s"
                        .formatted(String.join(" and ", keys.names()))));
    if (log != null) {
      var _ = log.entryOf(signed, key.getEncoded(), List.of());
    }
    return PublicKeys.name(key);
  }
}
