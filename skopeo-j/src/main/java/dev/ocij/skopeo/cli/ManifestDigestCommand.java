package dev.ocij.skopeo.cli;

import dev.ocij.image.Document;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.function.Supplier;

/// `manifest-digest FILE`: the digest that a manifest has.
final class ManifestDigestCommand implements Command {
  private final Options options = Options.of(this, "Compute the digest of a manifest.");
  private final Supplier<String> file = options.argument("FILE", "a manifest");

  ManifestDigestCommand() {
    options.tellCount("Usage: skopeo manifest-digest manifest");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    options.out().println(Document.of(LocalFile.read(file.get()), "").digest());
    return ExitCode.OK;
  }
}
