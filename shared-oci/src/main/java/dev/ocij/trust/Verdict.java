package dev.ocij.trust;

import dev.ocij.image.Artifact;
import dev.ocij.spec.OciException;

/// What a policy says of an image.
public sealed interface Verdict {
  /// The image may be used: this one, and no other that was fetched later.
  record Accepted(Artifact artifact) implements Verdict {}

  /// The image must not be used.
  ///
  /// @param reason which requirement failed, and why; a sentence without the image's name
  record Rejected(String reason) implements Verdict {}

  /// The accepted artifact.
  ///
  /// @throws OciException of category `REJECTED` with the reason
  default Artifact orThrow() {
    return switch (this) {
      case Accepted(var artifact) -> artifact;
      case Rejected(var reason) ->
          throw new OciException(
              OciException.Category.REJECTED, "Source image rejected: " + reason);
    };
  }
}
