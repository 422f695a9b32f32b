package dev.ocij.trust;

/// Judges images.
public interface Policy {
  /// What this policy says of an image. Reads its signatures only where a requirement needs them.
  Verdict evaluate(Candidate candidate);
}
