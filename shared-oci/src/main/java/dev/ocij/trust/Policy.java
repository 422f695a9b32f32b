package dev.ocij.trust;

/// Judges images.
@FunctionalInterface
public interface Policy {
  /// What this policy says of an image. Reads its signatures only where a requirement needs them.
  Verdict evaluate(Candidate candidate);

  /// Whether this policy takes whatever is at a place, so that nobody need read it to know.
  default boolean acceptsUnseen(ImageIdentity identity) {
    return false;
  }

  /// The policy that asks nothing.
  static Policy acceptAnything() {
    return new AcceptAnything();
  }

  /// The policy that asks nothing.
  record AcceptAnything() implements Policy {
    @Override
    public Verdict evaluate(Candidate candidate) {
      return new Verdict.Accepted(candidate.artifact());
    }

    @Override
    public boolean acceptsUnseen(ImageIdentity identity) {
      return true;
    }
  }
}
