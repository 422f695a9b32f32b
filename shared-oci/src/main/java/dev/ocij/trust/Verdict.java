package dev.ocij.trust;

import dev.ocij.image.Artifact;
import dev.ocij.spec.OciException;
import org.jspecify.annotations.Nullable;

/// What a policy says of an image.
public sealed interface Verdict {
  /// The accepted artifact.
  ///
  /// @throws OciException of category `REJECTED` with the reason
  Artifact orThrow();

  /// The image may be used: this one, and no other that was fetched later.
  record Accepted(Artifact artifact) implements Verdict {
    @Override
    public Artifact orThrow() {
      return artifact;
    }
  }

  /// The image must not be used.
  ///
  /// @param reason why it fails what is demanded; a sentence without the image's name
  /// @param demand what it fails, by whose keys, and where the policy says so; null where no
  ///   requirement does
  record Rejected(String reason, @Nullable String demand) implements Verdict {
    @Override
    public Artifact orThrow() {
      var sentence = "Source image rejected: " + reason;
      throw new OciException(
          OciException.Category.REJECTED,
          demand == null ? sentence : "%s (demanded: %s)".formatted(sentence, demand));
    }
  }
}
