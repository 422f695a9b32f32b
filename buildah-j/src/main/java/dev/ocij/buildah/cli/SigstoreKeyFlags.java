package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.sigstore.SigningKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The key that signs an image and what is said of it, as cosign's keys are.
final class SigstoreKeyFlags {
  private final Supplier<Optional<String>> key;
  private final Supplier<Optional<String>> passphraseFile;

  SigstoreKeyFlags(Options options) {
    key =
        options.text(
            "--sign-by-sigstore-private-key", "PATH", "sign the image and what is said of it");
    passphraseFile =
        options.text("--sign-passphrase-file", "PATH", "its first line opens the signing key");
  }

  /// The key, opened; a person is asked where no file has the passphrase. Null for none.
  @Nullable SigningKey key() {
    if (key.get().isEmpty()) {
      if (passphraseFile.get().isPresent()) {
        throw new OciException(
            OciException.Category.USAGE,
            "--sign-passphrase-file opens a key: name that with --sign-by-sigstore-private-key");
      }
      return null;
    }
    var passphrase =
        passphraseFile
            .get()
            .map(Path::of)
            .map(Passphrase::read)
            .orElseGet(() -> PassphrasePrompt.ask("Passphrase for signing key: "));
    return SigningKey.read(Path.of(key.get().get()), passphrase);
  }
}
