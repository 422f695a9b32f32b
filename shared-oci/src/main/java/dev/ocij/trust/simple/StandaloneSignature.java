package dev.ocij.trust.simple;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A simple signature in a file of its own, held against a manifest in another. To make one:
/// [SimpleSigner#sign].
public record StandaloneSignature(byte[] message) {
  /// Which keys may have signed.
  ///
  /// @param accepts a fingerprint in upper case
  public record Signers(Keyring keyring, Predicate<String> accepts) {
    /// Any key of a keyring.
    public static Signers anyOf(Keyring keyring) {
      return new Signers(keyring, _ -> true);
    }

    /// The keys of a keyring with these fingerprints, of the primary key or of the one that signs.
    public static Signers of(Keyring keyring, List<String> fingerprints) {
      return new Signers(
          keyring, fingerprints.stream().map(Fingerprint::normal).toList()::contains);
    }

    /// The keys with these fingerprints, from gpg's home.
    public static Signers ofGpg(List<String> fingerprints, Map<String, String> environment) {
      var names = fingerprints.stream().map(Fingerprint::normal).toList();
      var exported = KeyboxHome.of(environment).export(names);
      return of(
          Keyring.parse(List.of(exported.orElseGet(() -> new Gpg(environment).export(names)))),
          names);
    }
  }

  /// What was found.
  ///
  /// @param fingerprint of the key that signed
  public record Verified(String fingerprint, Digest digest) {}

  /// @throws BadSignatureException where it does not hold for this manifest under this name
  public Verified verify(Document manifest, String dockerReference, Signers signers, Clock clock) {
    var verified = new SimpleFormat(clock).verify(new Signature.Simple(message), signers.keyring());
    var key = verified.key();
    if (!signers.accepts().test(key.fingerprint())
        && !signers.accepts().test(key.primaryFingerprint())) {
      throw new BadSignatureException(
          "Signature by key %s is not accepted".formatted(key.fingerprint()));
    }
    var payload = verified.payload();
    if (!payload.dockerReference().equals(dockerReference)) {
      throw new BadSignatureException(
          "Signature for another name than \"%s\"".formatted(dockerReference));
    }
    if (!payload.manifest().equals(manifest.digest())) {
      throw new BadSignatureException(
          "Signature for digest %s does not match %s"
              .formatted(payload.manifest(), manifest.digest()));
    }
    return new Verified(key.fingerprint(), payload.manifest());
  }
}
