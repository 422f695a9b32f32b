package dev.ocij.term;

import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.simple.SimpleSigner;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who signs an image by OpenPGP.
public final class OpenPgpKeyFlags {
  private final Options options;
  private final Supplier<Optional<String>> gpg;
  private Supplier<Optional<String>> sequoia = Optional::empty;

  public OpenPgpKeyFlags(Options options) {
    this.options = options;
    gpg = options.text("--sign-by", "FINGERPRINT", "sign with this OpenPGP key of gpg's home");
  }

  /// The option for keys of Sequoia, too.
  public OpenPgpKeyFlags withSequoia() {
    sequoia =
        options.text(
            "--sign-by-sq-fingerprint", "FINGERPRINT", "sign with this key of Sequoia's key store");
    return this;
  }

  /// How many keys are named.
  public int count() {
    return (int) Stream.of(gpg, sequoia).filter(key -> key.get().isPresent()).count();
  }

  /// Those who sign with keys that have no passphrase, or one that gpg's agent knows.
  public List<Signer> signers() {
    return signers(Passphrase.EMPTY);
  }

  /// @param passphrase that opens the key; empty where there is none, or gpg's agent knows it
  public List<Signer> signers(Passphrase passphrase) {
    var environment = Map.copyOf(System.getenv());
    var clock = Clock.systemUTC();
    return Stream.<Optional<Signer>>of(
            gpg.get().map(key -> SimpleSigner.ofGpg(key, passphrase, environment, clock)),
            sequoia.get().map(key -> SimpleSigner.ofSequoia(key, passphrase, environment, clock)))
        .flatMap(Optional::stream)
        .toList();
  }
}
