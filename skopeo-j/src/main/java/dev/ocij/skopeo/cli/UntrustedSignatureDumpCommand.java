package dev.ocij.skopeo.cli;

import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.trust.simple.UntrustedSignature;
import java.util.function.Supplier;

/// `untrusted-signature-dump-without-verification FILE`: what a simple signature says, for finding
/// faults; nothing of it is checked, so the help does not offer it.
final class UntrustedSignatureDumpCommand implements Command {
  private final Options options =
      Options.of(this, "Show what a signature says, without verifying it.").hidden();
  private final Supplier<String> file = options.argument("SIGNATURE", "a signature");

  UntrustedSignatureDumpCommand() {
    options.tellCount("Usage: skopeo untrusted-signature-dump-without-verification signature");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var dump = UntrustedSignature.parse(LocalFile.read(file.get()));
    options.out().println(GoJson.indented(Json.tree(dump), 4));
    return ExitCode.OK;
  }
}
