package dev.ocij.skopeo.cli;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.simple.Keyring;
import dev.ocij.trust.simple.StandaloneSignature;
import dev.ocij.trust.simple.StandaloneSignature.Signers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `standalone-verify MANIFEST DOCKER-REFERENCE FINGERPRINTS SIGNATURE`: whether a simple signature
/// holds for a manifest under a name, by keys of gpg's home or of a file.
final class StandaloneVerifyCommand implements Command {
  private static final String ANY = "any";

  private final Options options = Options.of(this, "Verify a signature that is a local file.");
  private final Supplier<String> manifest = options.argument("MANIFEST", "a manifest");
  private final Supplier<String> reference =
      options.argument("DOCKER-REFERENCE", "the image's name in the signature");
  private final Supplier<String> fingerprints =
      options.argument("FINGERPRINTS", "of the keys that may have signed, with commas; or any");
  private final Supplier<String> signature = options.argument("SIGNATURE", "a signature");
  private final Supplier<Optional<String>> publicKeyFile =
      options.text("--public-key-file", "FILE", "the keys, in place of gpg's home");

  StandaloneVerifyCommand() {
    options.tellCount(
        "Usage: skopeo standalone-verify manifest docker-reference key-fingerprint signature");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var document = Document.of(LocalFile.read(manifest.get()), "");
    var verified =
        new StandaloneSignature(LocalFile.read(signature.get()))
            .verify(document, reference.get(), signers(), Clock.systemUTC());
    options
        .out()
        .println(
            "Signature verified using fingerprint %s, digest %s"
                .formatted(verified.fingerprint(), verified.digest()));
    return ExitCode.OK;
  }

  private Signers signers() {
    var names = List.of(fingerprints.get().split(","));
    if (publicKeyFile.get().isEmpty()) {
      return fromGpg(names);
    }
    var keyring = Keyring.parse(List.of(LocalFile.read(publicKeyFile.get().get())));
    return names.contains(ANY) ? Signers.anyOf(keyring) : Signers.of(keyring, names);
  }

  /// Gpg's home holds keys of strangers too, so there is no trusting any of them.
  private static Signers fromGpg(List<String> names) {
    if (names.contains(ANY)) {
      throw new OciException(
          OciException.Category.USAGE,
          "Cannot use any fingerprint without a public key file; name one with --public-key-file");
    }
    return Signers.ofGpg(names, System.getenv());
  }
}
