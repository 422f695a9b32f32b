package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.TrustedSigner;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Somebody without a key, by the names that cosign has for these options.
final class KeylessFlags {
  private final Supplier<Optional<String>> root;
  private final Supplier<Optional<String>> identity;
  private final Supplier<Optional<String>> issuer;

  KeylessFlags(Options options) {
    root =
        options.text(
            "--trusted-root", "FILE", "sigstore's trusted root, for signers without a key");
    identity =
        options.text(
            "--certificate-identity", "NAME", "the email address or URI in their certificate");
    issuer =
        options.text("--certificate-oidc-issuer", "URL", "who vouched for them, as it says there");
  }

  /// @throws OciException of category `USAGE` where only a part of it was said
  Optional<TrustedSigner> signer() {
    var given = List.of(root.get(), identity.get(), issuer.get());
    if (given.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    if (given.stream().anyMatch(Optional::isEmpty)) {
      throw new OciException(
          OciException.Category.USAGE,
          "--trusted-root, --certificate-identity and --certificate-oidc-issuer must be specified"
              + " together");
    }
    return root.get()
        .map(LocalFile::read)
        .<TrustedSigner>map(file ->
            new TrustedSigner.Keyless(
                KeySource.ofData(List.of(file)),
                issuer.get().orElseThrow(),
                identity.get().orElseThrow()));
  }
}
