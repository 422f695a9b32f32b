package dev.ocij.buildah.cli;

import dev.ocij.term.Options;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.simple.SimpleSigner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Signatures by OpenPGP keys.
final class Signing {
  private Signing() {}

  static Supplier<Optional<String>> option(Options options) {
    return options.text("--sign-by", "FINGERPRINT", "sign with this OpenPGP key of gpg's home");
  }

  static List<Signer> signers(Supplier<Optional<String>> option) {
    return option.get().stream()
        .<Signer>map(
            key -> SimpleSigner.ofGpg(key, Passphrase.EMPTY, System.getenv(), Clock.systemUTC()))
        .toList();
  }
}
