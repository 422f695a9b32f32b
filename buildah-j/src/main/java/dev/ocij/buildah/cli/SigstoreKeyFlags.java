package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.sigstore.SigningKey;
import dev.ocij.trust.sigstore.SigningParameters;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The key that signs an image and what is said of it, as cosign's keys are.
final class SigstoreKeyFlags {
  private final Supplier<Optional<String>> key;
  private final Supplier<Optional<String>> passphraseFile;
  private final Supplier<Optional<String>> parameters;
  private final IntSupplier others;

  /// @param others how many keys of another kind are named, which the passphrase may be for
  SigstoreKeyFlags(Options options, IntSupplier others) {
    this.others = others;
    key =
        options.text(
            "--sign-by-sigstore-private-key", "PATH", "sign the image and what is said of it");
    passphraseFile =
        options.text("--sign-passphrase-file", "PATH", "its first line opens the signing key");
    parameters =
        options.text("--sign-by-sigstore", "PATH", "sign with the key that this YAML file names");
  }

  /// The key, opened; a person is asked where no file has the passphrase. Null for none.
  @Nullable SigningKey key() {
    if (parameters.get().isPresent()) {
      return described(Path.of(parameters.get().get()));
    }
    requireOneForPassphrase();
    return key.get()
        .map(file -> SigningKey.read(Path.of(file), passphrase().orElseGet(SigstoreKeyFlags::ask)))
        .orElse(null);
  }

  /// What the file says that opens the key, of whichever kind that is.
  Optional<Passphrase> passphrase() {
    return passphraseFile.get().map(Path::of).map(Passphrase::read);
  }

  private void requireOneForPassphrase() {
    int keys = others.getAsInt() + (key.get().isPresent() ? 1 : 0);
    if (passphraseFile.get().isPresent() && keys != 1) {
      throw new OciException(
          OciException.Category.USAGE,
          keys == 0
              ? "--sign-passphrase-file opens a key: name that with --sign-by-sigstore-private-key"
              : "only one of --sign-by, --sign-by-sq-fingerprint and --sign-by-sigstore-private-key"
                  + " can be used with --sign-passphrase-file");
    }
  }

  private SigningKey described(Path description) {
    if (key.get().isPresent() || passphraseFile.get().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "--sign-by-sigstore names a key and what opens it: leave out"
              + " --sign-by-sigstore-private-key and --sign-passphrase-file");
    }
    var found = SigningParameters.read(description);
    var file = found.privateKeyPassphraseFile();
    return SigningKey.read(found.key(), file == null ? ask() : Passphrase.read(Path.of(file)));
  }

  private static Passphrase ask() {
    return PassphrasePrompt.ask("Passphrase for signing key: ");
  }
}
