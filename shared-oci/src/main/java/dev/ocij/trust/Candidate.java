package dev.ocij.trust;

import dev.ocij.image.Artifact;
import dev.ocij.image.Document;
import java.io.IOException;
import java.util.List;

/// An image that a policy is to judge.
///
/// @param document the exact bytes that signatures are about
/// @param signatures read only when a requirement needs them
public record Candidate(
    ImageIdentity identity, Artifact artifact, Document document, Signatures signatures) {
  /// Reads the signatures of an image.
  public interface Signatures {
    /// Those that are stored beside it.
    List<Signature> beside() throws IOException;

    /// Those that are artifacts of their own and refer to it.
    List<Signature> referring() throws IOException;
  }
}
