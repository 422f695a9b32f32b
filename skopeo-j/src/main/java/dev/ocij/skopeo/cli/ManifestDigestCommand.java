package dev.ocij.skopeo.cli;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
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
    options.out().println(digest(LocalFile.read(file.get())));
    return ExitCode.OK;
  }

  /// Only what JSON signs within itself has another digest than its bytes.
  private static Digest digest(byte[] manifest) {
    try {
      Json.readTree(manifest, "manifest");
    } catch (OciException _) {
      return Digest.of(manifest);
    }
    return Document.of(manifest, "").digest();
  }
}
