package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Signing;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.trust.Signer;
import dev.ocij.trust.TokenUri;
import dev.ocij.trust.notation.NotationSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `sign IMAGE`: signs an image where it is, by the options that sign while copying. Ours: skopeo
/// has no such command.
final class SignCommand implements Command {
  private final Options options = Options.of(this, "Sign an image where it is.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final SignFlags sign = new SignFlags(options);
  private final Supplier<Optional<String>> layout =
      options.text(
          "--layout", "legacy|bundle|both", "how a sigstore key signs: attached, in a bundle");
  private final Supplier<Optional<String>> notationKey =
      options.text(
          "--sign-by-notation-key",
          "PATH|URI",
          "sign with this PKCS#8 key, or this key of a token, as notation does");
  private final Supplier<Optional<String>> notationChain =
      options.text(
          "--notation-certificates", "PATH", "the key's certificate and those above it, in PEM");
  private final Supplier<Optional<String>> notationFormat =
      options.text("--signature-format", "jws|cose", "what notation's envelopes are written in");
  private final BooleanSupplier recursive =
      options.flag("--recursive", "sign each image of an index too");
  private final ImageFlags place;
  private final RetryFlags retry = new RetryFlags(options);

  SignCommand(GlobalFlags global) {
    this.place = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var signers = signers();
    if (signers.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "sign %s: say by whom, with --sign-by, --sign-by-sigstore-private-key, --sign-by-pkcs11 or --sign-by-notation-key"
              .formatted(Quoted.of(image.get())));
    }
    var signing =
        new Signing(
            Location.parse(image.get()), signers, sign.identity(), recursive.getAsBoolean());
    var transports = Builtin.transports(place.transportOptions());
    for (var signed : retry.run(() -> signing.in(transports))) {
      options.out().println("Signed " + signed.digest());
    }
    return ExitCode.OK;
  }

  private List<Signer> signers() {
    var given = SignFlags.Layout.parse(layout.get().orElse("legacy"));
    var signers = new ArrayList<>(sign.signers(given));
    notationKey.get().map(this::notationSigner).ifPresent(signers::add);
    return signers;
  }

  /// A file needs the certificates of its key; a token may have them itself.
  private Signer notationSigner(String key) {
    var chain = notationChain.get().map(Path::of);
    if (TokenUri.isMeant(key)) {
      var token = sign.openToken(key);
      return new NotationSigner(
          token.key(),
          chain.map(NotationSigner::certificates).orElse(token.chain()),
          encoding(),
          Clock.systemUTC());
    }
    return NotationSigner.read(
        Path.of(key), chain.orElseThrow(SignCommand::missingChain), encoding(), Clock.systemUTC());
  }

  private NotationSigner.Encoding encoding() {
    return switch (notationFormat.get().orElse("jws")) {
      case "jws" -> NotationSigner.Encoding.JWS;
      case "cose" -> NotationSigner.Encoding.COSE;
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown format %s of signatures; there are jws and cose"
                  .formatted(Quoted.of(other)));
    };
  }

  private static OciException missingChain() {
    return new OciException(
        OciException.Category.USAGE,
        "--sign-by-notation-key and --notation-certificates must be specified together");
  }
}
