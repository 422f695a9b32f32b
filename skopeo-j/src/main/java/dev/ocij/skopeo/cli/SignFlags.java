package dev.ocij.skopeo.cli;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.term.PassphrasePrompt;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.TokenKey;
import dev.ocij.trust.TokenUri;
import dev.ocij.trust.sigstore.BundleSigner;
import dev.ocij.trust.sigstore.SigningKey;
import dev.ocij.trust.sigstore.SigningParameters;
import dev.ocij.trust.sigstore.SigstoreSigner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who signs what is copied, and under which name.
final class SignFlags {
  /// How a sigstore key signs: as cosign did before its version 3, as it does since, or both.
  enum Layout {
    LEGACY,
    BUNDLE,
    BOTH;

    static Layout parse(String word) {
      return switch (word) {
        case "legacy" -> LEGACY;
        case "bundle" -> BUNDLE;
        case "both" -> BOTH;
        default ->
            throw new OciException(
                OciException.Category.USAGE,
                "unknown layout %s of signatures; there are legacy, bundle and both"
                    .formatted(Quoted.of(word)));
      };
    }
  }

  private final OpenPgpKeyFlags openPgp;
  private final Supplier<Optional<String>> sigstoreKey;
  private final Supplier<Optional<String>> tokenKey;
  private final Supplier<Optional<String>> parameters;
  private final Supplier<Optional<String>> passphraseFile;
  private final Supplier<Optional<String>> identity;

  SignFlags(Options options) {
    openPgp = new OpenPgpKeyFlags(options).withSequoia();
    sigstoreKey =
        options.text(
            "--sign-by-sigstore-private-key", "PATH", "sign with this key, as cosign does");
    tokenKey =
        options.text(
            "--sign-by-pkcs11",
            "URI",
            "sign with this key of a token, as cosign does with its own");
    passphraseFile =
        options.text("--sign-passphrase-file", "PATH", "its first line opens the signing key");
    parameters =
        options.text("--sign-by-sigstore", "PATH", "sign with the key that this YAML file names");
    identity =
        options.text("--sign-identity", "REFERENCE", "the name in the signature, if not its own");
  }

  /// One passphrase cannot open two keys, and nobody said which one is meant.
  ///
  /// @throws OciException where what was said makes no sense
  void check() {
    if (passphraseFile.get().isPresent()
        && openPgp.count() + (sigstoreKey.get().isPresent() ? 1 : 0) > 1) {
      throw usage(
          "Only one of --sign-by, --sign-by-sq-fingerprint and --sign-by-sigstore-private-key can"
              + " be used with --sign-passphrase-file");
    }
  }

  /// Those who sign while copying: in the ways that can be written beside any copy.
  List<Signer> signers() {
    return signers(Layout.LEGACY);
  }

  List<Signer> signers(Layout layout) {
    check();
    var signers = new ArrayList<>(openPgp.signers(givenPassphrase().orElse(Passphrase.EMPTY)));
    sigstoreKeys().forEach(key -> signers.addAll(sigstoreSigners(key, layout)));
    return signers;
  }

  /// The sigstore key, for what nothing else can sign.
  SigningKey signingKey() {
    check();
    if (openPgp.count() > 0 || identity.get().isPresent()) {
      throw usage(
          "--sign-by and --sign-identity mean nothing here: a statement is signed by a sigstore key"
              + " and names no image");
    }
    var keys = sigstoreKeys().toList();
    if (keys.size() != 1) {
      throw usage(
          "say by whom, with one of --sign-by-sigstore-private-key, --sign-by-sigstore and"
              + " --sign-by-pkcs11");
    }
    return keys.getFirst();
  }

  /// The name to sign; null for the destination's own.
  @Nullable String identity() {
    identity.get().ifPresent(SignFlags::requireFullName);
    return identity.get().orElse(null);
  }

  private static void requireFullName(String name) {
    try {
      Reference.parse(name);
    } catch (OciException e) {
      throw e.during("Could not parse --sign-identity");
    }
    if (!Reference.hasTagOrDigest(name)) {
      throw usage("Sign identity must be a fully specified reference " + Quoted.of(name));
    }
  }

  /// The key that was named, and the one that a file of parameters names.
  private Stream<SigningKey> sigstoreKeys() {
    var named = sigstoreKey.get().map(Path::of).map(file -> SigningKey.read(file, passphrase()));
    var described = parameters.get().map(Path::of).map(SigningParameters::read).map(SignFlags::key);
    return Stream.of(named, described, tokenKey()).flatMap(Optional::stream);
  }

  private Optional<SigningKey> tokenKey() {
    return tokenKey.get().map(this::openToken).map(SigningKey::of);
  }

  /// A key of a token, which its PIN opens: from where the URI says, or else the passphrase.
  TokenKey openToken(String text) {
    var uri = TokenUri.parse(text);
    return TokenKey.open(uri, uri.pin(System::getenv).orElseGet(this::passphrase));
  }

  private static SigningKey key(SigningParameters parameters) {
    var file = parameters.privateKeyPassphraseFile();
    var passphrase = file == null ? ask() : Passphrase.read(Path.of(file));
    return SigningKey.read(parameters.key(), passphrase);
  }

  private static List<Signer> sigstoreSigners(SigningKey key, Layout layout) {
    var signers = new ArrayList<Signer>();
    if (layout != Layout.BUNDLE) {
      signers.add(SigstoreSigner.of(key, Clock.systemUTC()));
    }
    if (layout != Layout.LEGACY) {
      signers.add(BundleSigner.of(key, Clock.systemUTC()));
    }
    return signers;
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

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
