package dev.ocij.skopeo.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.NotaryPolicyFile;
import dev.ocij.trust.Requirement;
import dev.ocij.trust.TrustedSigner;
import dev.ocij.trust.sigstore.PredicateType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Whom `verify` is to believe, and which signatures it looks at.
final class TrustFlags {
  private final Supplier<Optional<String>> key;
  private final KeylessFlags keyless;
  private final Supplier<Optional<String>> notationPolicy;
  private final Supplier<Optional<String>> type;
  private final Supplier<Optional<String>> predicate;

  TrustFlags(Options options) {
    key =
        options.text(
            "--key",
            "FILE",
            "a public key (PEM for sigstore, OpenPGP for simple signing) or certificates");
    keyless = new KeylessFlags(options);
    notationPolicy =
        options.text(
            "--notation-policy",
            "FILE",
            "notation's trustpolicy.json, with its trust stores beside");
    type =
        options.text("--type", "simple|sigstore|bundle|notation", "look at these signatures only");
    predicate =
        options.text(
            "--predicate-type", "TYPE", "count bundles that say this, rather than signatures");
  }

  /// What bundles must say to count.
  String predicate() {
    return predicate.get().map(PredicateType::parse).orElse(Requirement.BundleSigned.SIGNED);
  }

  /// Whether somebody said whose signatures count.
  boolean isGiven() {
    return notationPolicy.get().isPresent() || holder().isPresent();
  }

  /// Whose signatures count for an image.
  TrustedSigner signer(ImageIdentity image) {
    var reference = image.reference();
    var repository = reference == null ? null : reference.repository().toString();
    return notationPolicy
        .get()
        .map(file -> (TrustedSigner) NotaryPolicyFile.read(Path.of(file)).signer(repository))
        .or(this::holder)
        .orElseThrow();
  }

  private Optional<TrustedSigner> holder() {
    var holder = key.get().map(LocalFile::read).map(TrustFlags::signer);
    var person = keyless.signer();
    if (Stream.of(holder, person, notationPolicy.get()).filter(Optional::isPresent).count() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "--key, --trusted-root and --notation-policy cannot be specified at the same time");
    }
    return holder.or(() -> person);
  }

  private static TrustedSigner signer(byte[] content) {
    var file = KeySource.ofData(List.of(content));
    return isCertificate(content) ? TrustedSigner.Notary.of(file) : TrustedSigner.Keys.of(file);
  }

  private static boolean isCertificate(byte[] content) {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN CERTIFICATE-----");
  }

  /// The kinds of signatures: the one that was named, or all that the key can have made.
  Set<String> kinds() {
    return switch (type.get().orElse("")) {
      case "" -> key.get().map(this::kindsOf).orElseGet(this::kindsOfKeyless);
      case "simple", "sigstore", "bundle", "notation" -> Set.of(type.get().orElseThrow());
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown type of signatures %s; there are simple, sigstore, bundle and notation"
                  .formatted(Quoted.of(other)));
    };
  }

  private Set<String> kindsOfKeyless() {
    if (notationPolicy.get().isPresent()) {
      return Set.of("notation");
    }
    return predicate.get().isPresent() ? Set.of("bundle") : Set.of("sigstore", "bundle");
  }

  private Set<String> kindsOf(String file) {
    if (predicate.get().isPresent()) {
      return Set.of("bundle");
    }
    var content = LocalFile.read(file);
    if (isCertificate(content)) {
      return Set.of("notation");
    }
    var text = new String(content, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN PUBLIC KEY-----")
        ? Set.of("sigstore", "bundle")
        : Set.of("simple");
  }
}
