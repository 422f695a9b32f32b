package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.skopeo.inspect.SignatureCheck;
import dev.ocij.skopeo.inspect.SignatureChecks;
import dev.ocij.skopeo.inspect.SignatureChecks.Wanted;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.trust.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `verify IMAGE --key FILE | --policy FILE`: whether the signatures of an image hold. Ours: skopeo
/// has no such command.
final class VerifyCommand implements Command {
  private final Options options = Options.of(this, "Verify the signatures of an image.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final TrustFlags trust = new TrustFlags(options);
  private final BooleanSupplier recursive =
      options.flag("--recursive", "verify each image of an index too");
  private final BooleanSupplier json = options.flag("--json", "print a JSON list");
  private final ImageFlags source;
  private final GlobalFlags global;

  VerifyCommand(GlobalFlags global) {
    options.tellCount("Exactly one argument expected");
    this.global = global;
    this.source = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var kinds = trust.kinds();
    if (trust.isGiven() == global.policyFile().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "verify %s: say by what, with --key, --trusted-root, --notation-policy or --policy"
              .formatted(Quoted.of(image.get())));
    }
    var transports = Builtin.transports(source.transportOptions());
    try (var opened = transports.openSource(Location.parse(image.get()))) {
      var checks = new SignatureChecks(opened, recursive.getAsBoolean());
      return global.policyFile().isPresent()
          ? byPolicy(checks, global.policyFile())
          : bySigner(checks, new Wanted(kinds, trust.predicate(), trust.signer(opened.identity())));
    }
  }

  private int byPolicy(SignatureChecks checks, Optional<String> file) throws IOException {
    var policy = PolicyFile.read(Path.of(file.orElseThrow()), Builtin.signatureFormats());
    print(checks.check(policy));
    return ExitCode.OK;
  }

  private int bySigner(SignatureChecks checks, Wanted wanted) throws IOException {
    var found = new ArrayList<SignatureCheck>();
    try {
      checks.check(wanted, Builtin.signatureFormats(), found);
    } finally {
      print(found);
    }
    return ExitCode.OK;
  }

  private void print(List<SignatureCheck> checks) {
    if (json.getAsBoolean()) {
      options.out().println(GoJson.indented(Json.tree(checks), 4));
      return;
    }
    checks.forEach(check -> options.out().println(line(check)));
  }

  private static String line(SignatureCheck check) {
    if (check.kind().equals("policy")) {
      return "Accepted by policy, digest " + check.digest();
    }
    var name = check.identity() == null ? "" : " for " + Quoted.of(check.identity());
    var said = check.predicate() == null ? "" : " saying " + Quoted.of(check.predicate());
    var who = check.key() == null ? "" : " by " + Quoted.escape(check.key());
    return "%s signature%s%s%s, digest %s: %s"
        .formatted(check.kind(), name, said, who, check.digest(), Quoted.escape(check.result()));
  }
}
