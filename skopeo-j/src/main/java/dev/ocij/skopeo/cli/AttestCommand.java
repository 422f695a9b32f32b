package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Signing;
import dev.ocij.name.Location;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.trust.sigstore.BundleSigner;
import dev.ocij.trust.sigstore.PredicateType;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `attest IMAGE --type TYPE --predicate FILE`: says something of an image, signed: where it comes
/// from, what is in it. Ours.
final class AttestCommand implements Command {
  private final Options options =
      Options.of(this, "Attach a signed statement to an image: provenance, an SBOM.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final Supplier<Optional<String>> predicate =
      options.text("--predicate", "FILE", "what is said, a JSON document");
  private final Supplier<Optional<String>> type =
      options.text(
          "--type", "TYPE", "slsaprovenance1, spdxjson, cyclonedx, vuln …, or the type's URI");
  private final BooleanSupplier recursive =
      options.flag("--recursive", "say it of each image of an index too");
  private final SignFlags sign = new SignFlags(options);
  private final ImageFlags place;

  AttestCommand(GlobalFlags global) {
    this.place = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var said = Json.readTree(LocalFile.read(required(predicate, "--predicate")), "predicate");
    var signer =
        new BundleSigner(
            sign.signingKey(),
            PredicateType.parse(required(type, "--type")),
            said,
            Clock.systemUTC());
    var signing =
        new Signing(
            Location.parse(image.get()), List.of(signer), image.get(), recursive.getAsBoolean());
    for (var attested : signing.in(Builtin.transports(place.transportOptions()))) {
      options.out().println("Attested " + attested.digest());
    }
    return ExitCode.OK;
  }

  private String required(Supplier<Optional<String>> option, String name) {
    return option
        .get()
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "attest %s: %s is missing".formatted(Quoted.of(image.get()), name)));
  }
}
