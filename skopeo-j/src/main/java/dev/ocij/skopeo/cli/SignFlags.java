package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.sigstore.SigningParameters;
import dev.ocij.trust.sigstore.SigstoreSigner;
import dev.ocij.trust.simple.SimpleSigner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who signs what is copied, and under which name.
final class SignFlags {
  private final Supplier<Optional<String>> simpleKey;
  private final Supplier<Optional<String>> sigstoreKey;
  private final Supplier<Optional<String>> parameters;
  private final Supplier<Optional<String>> passphraseFile;
  private final Supplier<Optional<String>> identity;
  private final LaterFlags later;

  SignFlags(Options options) {
    simpleKey =
        options.text("--sign-by", "FINGERPRINT", "sign with this OpenPGP key of gpg's home");
    sigstoreKey =
        options.text(
            "--sign-by-sigstore-private-key", "PATH", "sign with this key, as cosign does");
    passphraseFile =
        options.text("--sign-passphrase-file", "PATH", "its first line opens the signing key");
    parameters =
        options.text("--sign-by-sigstore", "PATH", "sign with the key that this YAML file names");
    later = new LaterFlags(options).values("--sign-by-sq-fingerprint");
    identity =
        options.text("--sign-identity", "REFERENCE", "the name in the signature, if not its own");
  }

  /// @throws OciException where what was said makes no sense, or is not implemented yet
  void check() {
    later.refuse();
    requireOnePassphrase();
  }

  List<Signer> signers() {
    check();
    var signers = new ArrayList<Signer>();
    simpleKey.get().ifPresent(key -> signers.add(simpleSigner(key)));
    sigstoreKey
        .get()
        .ifPresent(
            key -> signers.add(SigstoreSigner.read(Path.of(key), passphrase(), Clock.systemUTC())));
    parameters
        .get()
        .map(file -> SigningParameters.read(Path.of(file)))
        .ifPresent(read -> signers.add(signer(read)));
    return signers;
  }

  /// The name to sign; null for the destination's own.
  @Nullable String identity() {
    return identity.get().orElse(null);
  }

  /// One passphrase cannot open two keys, and nobody said which one is meant.
  private void requireOnePassphrase() {
    if (passphraseFile.get().isPresent()
        && simpleKey.get().isPresent()
        && sigstoreKey.get().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "Only one of --sign-by and --sign-by-sigstore-private-key can be used with"
              + " --sign-passphrase-file");
    }
  }

  /// Without a file gpg's agent may know the passphrase, or the key has none.
  private Signer simpleSigner(String key) {
    var passphrase = givenPassphrase().orElse(Passphrase.EMPTY);
    return SimpleSigner.ofGpg(key, passphrase, System.getenv(), Clock.systemUTC());
  }

  private static Signer signer(SigningParameters parameters) {
    var file = parameters.privateKeyPassphraseFile();
    var passphrase = file == null ? ask() : Passphrase.read(Path.of(file));
    return SigstoreSigner.read(parameters.key(), passphrase, Clock.systemUTC());
  }

  private Optional<Passphrase> givenPassphrase() {
    return passphraseFile.get().map(Path::of).map(Passphrase::read);
  }

  private Passphrase passphrase() {
    return givenPassphrase().orElseGet(SignFlags::ask);
  }

  private static Passphrase ask() {
    return PassphrasePrompt.ask("Passphrase for signing key: ");
  }
}
