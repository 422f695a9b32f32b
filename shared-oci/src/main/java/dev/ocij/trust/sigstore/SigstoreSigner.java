package dev.ocij.trust.sigstore;

import dev.ocij.image.Document;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignaturePayload;
import dev.ocij.trust.Signer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;

/// Signs as cosign does with a private key.
public final class SigstoreSigner implements Signer {
  private final SigningKey key;
  private final Clock clock;

  private SigstoreSigner(SigningKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  public static SigstoreSigner of(SigningKey key, Clock clock) {
    return new SigstoreSigner(key, clock);
  }

  /// As [SigningKey#read].
  public static SigstoreSigner read(Path file, Passphrase passphrase, Clock clock) {
    return of(SigningKey.read(file, passphrase), clock);
  }

  static SigstoreSigner parse(byte[] pem, Passphrase passphrase, Clock clock) {
    return of(SigningKey.parse(pem, passphrase), clock);
  }

  @Override
  public Signature.Sigstore sign(Document manifest, String dockerReference) {
    var payload =
        SignaturePayload.of(
                SignaturePayload.Kind.SIGSTORE, dockerReference, manifest.digest(), clock.instant())
            .toJson();
    var base64 = Base64.getEncoder().encodeToString(key.sign(payload));
    return new Signature.Sigstore(
        Signature.Sigstore.PAYLOAD_TYPE,
        payload,
        Map.of(Signature.Sigstore.SIGNATURE_ANNOTATION, base64));
  }
}
