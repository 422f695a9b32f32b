package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Signing;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
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
    var signers = sign.signers(SignFlags.Layout.parse(layout.get().orElse("legacy")));
    if (signers.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "sign %s: say by whom, with --sign-by or --sign-by-sigstore-private-key"
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
}
