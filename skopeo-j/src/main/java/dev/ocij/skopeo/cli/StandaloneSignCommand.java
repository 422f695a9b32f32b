package dev.ocij.skopeo.cli;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.simple.SimpleSigner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// `standalone-sign MANIFEST DOCKER-REFERENCE FINGERPRINT -o FILE`: a simple signature in a file of
/// its own, made with a key of gpg's home.
final class StandaloneSignCommand implements Command {
  private final Options options = Options.of(this, "Sign a manifest that is a local file.");
  private final Supplier<String> manifest = options.argument("MANIFEST", "a manifest");
  private final Supplier<String> reference =
      options.argument("DOCKER-REFERENCE", "the image's name in the signature");
  private final Supplier<String> fingerprint = options.argument("FINGERPRINT", "of the key");
  private final Supplier<Optional<String>> output =
      options.text("-o, --output", "FILE", "where the signature goes");
  private final Supplier<Optional<String>> passphraseFile =
      options.text("--passphrase-file", "PATH", "its first line opens the key");

  StandaloneSignCommand() {
    options.tellCount(
        "Usage: skopeo standalone-sign manifest docker-reference key-fingerprint -o signature");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var file = output.get().orElseThrow(StandaloneSignCommand::missingOutput);
    var document = Document.of(LocalFile.read(manifest.get()), "");
    var passphrase =
        passphraseFile.get().map(Path::of).map(Passphrase::read).orElse(Passphrase.EMPTY);
    var signer =
        SimpleSigner.ofGpg(fingerprint.get(), passphrase, System.getenv(), Clock.systemUTC());
    LocalFile.write(file, signer.sign(document, reference.get()).message());
    return ExitCode.OK;
  }

  private static OciException missingOutput() {
    return new OciException(
        OciException.Category.USAGE,
        "Usage: skopeo standalone-sign manifest docker-reference key-fingerprint -o signature");
  }
}
