package dev.ocij.skopeo.cli;

import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.sigstore.SigstoreSigner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who signs what is copied, and under which name.
final class SignFlags {
  private final Supplier<Optional<String>> sigstoreKey;
  private final Supplier<Optional<String>> passphraseFile;
  private final Supplier<Optional<String>> identity;

  SignFlags(Options options) {
    sigstoreKey =
        options.text(
            "--sign-by-sigstore-private-key", "PATH", "sign with this key, as cosign does");
    passphraseFile =
        options.text("--sign-passphrase-file", "PATH", "its first line opens the signing key");
    identity =
        options.text("--sign-identity", "REFERENCE", "the name in the signature, if not its own");
  }

  List<Signer> signers() {
    var signers = new ArrayList<Signer>();
    sigstoreKey
        .get()
        .ifPresent(
            key -> signers.add(SigstoreSigner.read(Path.of(key), passphrase(), Clock.systemUTC())));
    return signers;
  }

  /// The name to sign; null for the destination's own.
  @Nullable String identity() {
    return identity.get().orElse(null);
  }

  private Passphrase passphrase() {
    return passphraseFile
        .get()
        .map(file -> Passphrase.read(Path.of(file)))
        .orElseGet(() -> PassphrasePrompt.ask("Passphrase for signing key: "));
  }
}
