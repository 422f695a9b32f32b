package dev.ocij.buildah.cli;

import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which policy decides about what a build takes from elsewhere.
final class SourcePolicyFlag {
  private final Supplier<Optional<String>> file;
  private @Nullable SourcePolicy read;

  SourcePolicyFlag(Options options) {
    file =
        options.text(
            "--source-policy-file", "FILE", "what may be taken from elsewhere: BuildKit's policy");
  }

  /// Read once: the file may be a pipe.
  SourcePolicy policy() {
    if (read == null) {
      read =
          file.get()
              .map(name -> SourcePolicy.parse(LocalFile.read(name), name))
              .orElse(SourcePolicy.NONE);
    }
    return read;
  }
}
