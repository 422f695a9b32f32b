package dev.ocij.buildah.build;

/// Why a step is done although builds remember steps.
public enum Miss {
  /// The caller wants none that is remembered.
  UNWANTED("none that is remembered is wanted"),
  /// It was done too long ago.
  OLD("it was done longer ago than --cache-ttl allows"),
  /// It is remembered, and what it gave is not here.
  GONE("its layer is not in the store any more"),
  /// The same was done with other files.
  CHANGED("what it reads has changed"),
  /// What it stands on is new.
  BELOW("a step before it was done anew"),
  /// Nobody remembers it.
  UNKNOWN("it was not done before");

  private final String sentence;

  Miss(String sentence) {
    this.sentence = sentence;
  }

  /// Whether somebody who builds again could wonder.
  public boolean isSurprising() {
    return this == OLD || this == GONE || this == CHANGED;
  }

  @Override
  public String toString() {
    return sentence;
  }
}
