package dev.ocij.buildah.cli;

import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;

/// Which policy decides about what a build takes from elsewhere.
final class SourcePolicyFlag {
  private final Supplier<Optional<String>> file;

  SourcePolicyFlag(Options options) {
    file =
        options.text(
            "--source-policy-file", "FILE", "what may be taken from elsewhere: BuildKit's policy");
  }

  SourcePolicy policy() {
    return file.get()
        .map(name -> SourcePolicy.parse(LocalFile.read(name), name))
        .orElse(SourcePolicy.NONE);
  }
}
