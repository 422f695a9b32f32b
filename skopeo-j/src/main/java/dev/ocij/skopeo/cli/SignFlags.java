package dev.ocij.skopeo.cli;

import dev.ocij.term.Options;
import dev.ocij.trust.Signer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who signs what is copied, and under which name.
final class SignFlags {
  private final Supplier<Optional<String>> identity;

  SignFlags(Options options) {
    identity =
        options.text("--sign-identity", "REFERENCE", "the name in the signature, if not its own");
  }

  List<Signer> signers() {
    return List.of();
  }

  @Nullable String identity() {
    return identity.get().orElse(null);
  }
}
