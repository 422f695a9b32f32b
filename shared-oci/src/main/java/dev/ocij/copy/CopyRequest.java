package dev.ocij.copy;

import dev.ocij.name.Location;
import dev.ocij.trust.Policy;

/// One copy, completely described.
///
/// @param preserveDigests fail rather than write any document with another digest
/// @param parallelBlobs how many blobs are on their way at once
public record CopyRequest(
    Location from,
    Location to,
    Selection selection,
    Policy policy,
    Fit fit,
    boolean preserveDigests,
    Beside beside,
    int parallelBlobs) {
  /// How many blobs are on their way at once where nobody says it.
  public static final int PARALLEL_BLOBS = 6;

  /// A copy of the image as it is, with its signatures.
  public static CopyRequest of(Location from, Location to, Selection selection, Policy policy) {
    return new CopyRequest(
        from, to, selection, policy, Fit.AS_IT_IS, false, Beside.SIGNATURES, PARALLEL_BLOBS);
  }

  public CopyRequest with(Fit changed) {
    return new CopyRequest(
        from, to, selection, policy, changed, preserveDigests, beside, parallelBlobs);
  }

  public CopyRequest with(Beside changed) {
    return new CopyRequest(
        from, to, selection, policy, fit, preserveDigests, changed, parallelBlobs);
  }
}
