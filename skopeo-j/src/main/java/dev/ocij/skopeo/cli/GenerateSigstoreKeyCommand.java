package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.sigstore.SigstoreKeyPair;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `generate-sigstore-key --output-prefix P`: makes the key pair `P.private` and `P.pub`.
final class GenerateSigstoreKeyCommand implements Command {
  private final Options options = Options.of(this, "Generate a key pair for sigstore signatures.");
  private final Supplier<Optional<String>> prefix =
      options.text("--output-prefix", "PREFIX", "write PREFIX.private and PREFIX.pub");
  private final Supplier<Optional<String>> passphraseFile =
      options.text("--passphrase-file", "PATH", "its first line encrypts the private key");

  GenerateSigstoreKeyCommand() {
    options.tellCount("Usage: generate-sigstore-key --output-prefix PREFIX");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var path = prefix.get().orElseThrow(GenerateSigstoreKeyCommand::missingPrefix);
    SigstoreKeyPair.generate().write(Path.of(path), passphrase());
    options.out().println("Key written to \"%s.private\" and \"%s.pub\"".formatted(path, path));
    return ExitCode.OK;
  }

  private Passphrase passphrase() {
    return passphraseFile
        .get()
        .map(file -> Passphrase.read(Path.of(file)))
        .orElseGet(() -> PassphrasePrompt.askTwice("Passphrase for key: "));
  }

  private static OciException missingPrefix() {
    return new OciException(
        OciException.Category.USAGE, "Usage: generate-sigstore-key --output-prefix PREFIX");
  }
}
