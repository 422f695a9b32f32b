package dev.ocij.trust.simple;

import dev.ocij.image.Document;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignaturePayload;
import dev.ocij.trust.Signer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// Signs as `skopeo --sign-by` does.
public final class SimpleSigner implements Signer {
  private final MessageSigner messages;
  private final Clock clock;

  private SimpleSigner(MessageSigner messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /// With a secret key from a file, as `gpg --export-secret-keys` writes it.
  ///
  /// @throws dev.ocij.spec.OciException where the file holds no key that signs, or the passphrase
  ///   is wrong
  public static SimpleSigner read(Path secretKeys, Passphrase passphrase, Clock clock) {
    return new SimpleSigner(
        SecretKeyFile.read(secretKeys).open(passphrase, clock.instant()), clock);
  }

  /// With a key of gpg's home: read from it where the name is a fingerprint and the passphrase
  /// opens it or there is none, or else by calling gpg.
  ///
  /// @param key a fingerprint, or what else gpg knows a key by
  /// @param environment of gpg; `GNUPGHOME` counts
  public static SimpleSigner ofGpg(
      String key, Passphrase passphrase, Map<String, String> environment, Clock clock) {
    var read = KeyboxHome.of(environment).secretKey(key, passphrase, clock.instant());
    return new SimpleSigner(
        read.isPresent() ? read.get() : new Gpg(environment).key(key, passphrase), clock);
  }

  /// With a key of Sequoia's key store.
  ///
  /// @param fingerprint of the key, or of another that is its holder's
  /// @param environment of Sequoia; `SEQUOIA_HOME` counts
  /// @throws dev.ocij.spec.OciException where it is not there, or the passphrase is wrong
  public static SimpleSigner ofSequoia(
      String fingerprint, Passphrase passphrase, Map<String, String> environment, Clock clock) {
    return new SimpleSigner(
        SequoiaHome.of(environment).secretKey(fingerprint, passphrase, clock.instant()), clock);
  }

  @Override
  public Signature.Simple sign(Document manifest, String dockerReference) {
    var payload =
        SignaturePayload.of(
            SignaturePayload.Kind.SIMPLE, dockerReference, manifest.digest(), clock.instant());
    return new Signature.Simple(messages.sign(payload.toJson()));
  }
}
