package dev.ocij.trust;

/// Judges images.
@FunctionalInterface
public interface Policy {
  /// What this policy says of an image. Reads its signatures only where a requirement needs them.
  Verdict evaluate(Candidate candidate);

  /// The policy that asks nothing.
  static Policy acceptAnything() {
    return candidate -> new Verdict.Accepted(candidate.artifact());
  }
}
