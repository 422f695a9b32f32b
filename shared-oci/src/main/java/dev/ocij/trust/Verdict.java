package dev.ocij.trust;

import dev.ocij.image.Artifact;
import dev.ocij.spec.OciException;
import org.jspecify.annotations.Nullable;

/// What a policy says of an image.
public sealed interface Verdict {
  /// The image may be used: this one, and no other that was fetched later.
  record Accepted(Artifact artifact) implements Verdict {}

  /// The image must not be used.
  ///
  /// @param reason why it fails what is demanded; a sentence without the image's name
  /// @param demand what it fails, by whose keys, and where the policy says so; null where no
  ///   requirement does
  record Rejected(String reason, @Nullable String demand) implements Verdict {
    private String sentence() {
      var sentence = "Source image rejected: " + reason;
      return demand == null ? sentence : "%s (demanded: %s)".formatted(sentence, demand);
    }
  }

  /// The accepted artifact.
  ///
  /// @throws OciException of category `REJECTED` with the reason
  default Artifact orThrow() {
    return switch (this) {
      case Accepted(var artifact) -> artifact;
      case Rejected rejected ->
          throw new OciException(OciException.Category.REJECTED, rejected.sentence());
    };
  }
}
