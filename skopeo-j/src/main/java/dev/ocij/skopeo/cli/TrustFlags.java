package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.TrustedSigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Whom `verify` is to believe, and which signatures it looks at.
final class TrustFlags {
  private final Supplier<Optional<String>> key;
  private final Supplier<Optional<String>> type;

  TrustFlags(Options options) {
    key =
        options.text("--key", "FILE", "a public key: PEM for sigstore, OpenPGP for simple signing");
    type =
        options.text("--type", "simple|sigstore|bundle|notation", "look at these signatures only");
  }

  /// Whose signatures count; empty where nobody said it.
  Optional<TrustedSigner> signer() {
    return key.get()
        .map(file -> TrustedSigner.Keys.of(KeySource.ofData(List.of(LocalFile.read(file)))));
  }

  /// The kinds of signatures: the one that was named, or all that the key can have made.
  Set<String> kinds() {
    return switch (type.get().orElse("")) {
      case "" -> key.get().map(TrustFlags::kindsOf).orElse(Set.of());
      case "notation" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED, "--type notation is not implemented yet");
      case "simple", "sigstore", "bundle" -> Set.of(type.get().orElseThrow());
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown type of signatures %s; there are simple, sigstore, bundle and notation"
                  .formatted(Quoted.of(other)));
    };
  }

  private static Set<String> kindsOf(String file) {
    var text = new String(LocalFile.read(file), StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN PUBLIC KEY-----")
        ? Set.of("sigstore", "bundle")
        : Set.of("simple");
  }
}
