package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.trust.Explanation;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `policy explain IMAGE`: what the policy demands of an image, and what the image has of it. Ours.
final class PolicyCommand implements Command {
  private final Options options =
      Options.of(this, "Explain what the trust policy says of an image.");
  private final Supplier<String> action = options.argument("explain", "what to do: explain");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final BooleanSupplier json = options.flag("--json", "print a JSON object");
  private final ImageFlags source;
  private final GlobalFlags global;

  PolicyCommand(GlobalFlags global) {
    this.global = global;
    this.source = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (!action.get().equals("explain")) {
      throw new OciException(
          OciException.Category.USAGE,
          "policy %s: no such action; there is explain".formatted(Quoted.of(action.get())));
    }
    var transports = Builtin.transports(source.transportOptions());
    try (var opened = transports.openSource(Location.parse(image.get()))) {
      var explanation = global.policyFileRead().explain(opened.candidate(opened.read()));
      print(explanation);
      return explanation.isAccepted() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void print(Explanation explanation) {
    if (json.getAsBoolean()) {
      options.out().println(GoJson.indented(Json.tree(explanation), 4));
      return;
    }
    options.out().println(explanation.place());
    for (var demand : explanation.demands()) {
      var refusal = demand.refusal();
      options
          .out()
          .println(
              "%s: %s"
                  .formatted(
                      Quoted.escape(demand.demand()),
                      refusal == null ? "met" : "not met: " + Quoted.escape(refusal)));
    }
    options.out().println(explanation.isAccepted() ? "accepted" : "rejected");
  }
}
