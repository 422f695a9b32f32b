package dev.ocij.trust;

import dev.ocij.image.Artifact;
import dev.ocij.spec.OciException;

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
  /// @param reason which requirement failed, and why; a sentence without the image's name
  record Rejected(String reason) implements Verdict {
    @Override
    public Artifact orThrow() {
      throw new OciException(OciException.Category.REJECTED, "Source image rejected: " + reason);
    }
  }
}
