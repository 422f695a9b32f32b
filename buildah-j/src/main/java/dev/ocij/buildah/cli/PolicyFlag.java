package dev.ocij.buildah.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.term.Options;
import dev.ocij.trust.Policy;
import dev.ocij.trust.PolicyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Which policy decides about images.
public final class PolicyFlag {
  private final Supplier<Optional<String>> file;

  public PolicyFlag(Options options) {
    file = options.text("--signature-policy", "PATH", "the trust policy, in place of the system's");
  }

  /// The policy named on the line, or else the user's or the system's, read when it is first asked:
  /// a build that fetches nothing needs none.
  public Policy policy() {
    return candidate -> read().evaluate(candidate);
  }

  private PolicyFile read() {
    var formats = Builtin.signatureFormats();
    return file.get()
        .map(given -> PolicyFile.read(Path.of(given), formats))
        .orElseGet(() -> PolicyFile.find(System.getenv(), formats));
  }
}
