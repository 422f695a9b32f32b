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
      options.text("--sign-by-notation-key", "PATH", "sign with this PKCS#8 key, as notation does");
  private final Supplier<Optional<String>> notationChain =
      options.text(
          "--notation-certificates", "PATH", "the key's certificate and those above it, in PEM");
  private final BooleanSupplier recursive =
      options.flag("--recursive", "sign each image of an index too");
  private final ImageFlags place;
  private final RetryFlags retry = new RetryFlags(options);

  SignCommand(GlobalFlags global) {
    this.place = new ImageFlags(options, "", global);
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
          "sign %s: say by whom, with --sign-by, --sign-by-sigstore-private-key or --sign-by-notation-key"
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
    if (notationKey.get().isPresent() != notationChain.get().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "--sign-by-notation-key and --notation-certificates must be specified together");
    }
    notationKey
        .get()
        .map(Path::of)
        .ifPresent(key ->
            signers.add(
                NotationSigner.read(
                    key, Path.of(notationChain.get().orElseThrow()), Clock.systemUTC())));
    return signers;
  }
}
