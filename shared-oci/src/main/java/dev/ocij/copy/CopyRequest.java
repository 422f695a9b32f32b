package dev.ocij.copy;

import dev.ocij.name.Location;
import dev.ocij.trust.Policy;

/// One copy, completely described.
///
/// @param variants what an index gets beside its images
/// @param preserveDigests fail rather than write any document with another digest
/// @param parallelBlobs how many blobs are on their way at once
public record CopyRequest(
    Location from,
    Location to,
    Selection selection,
    Policy policy,
    Fit fit,
    Variants variants,
    boolean preserveDigests,
    Beside beside,
    int parallelBlobs) {
  /// How many blobs are on their way at once where nobody says it.
  public static final int PARALLEL_BLOBS = 6;

  /// A copy in which an index gets nothing beside its images.
  public CopyRequest(
      Location from,
      Location to,
      Selection selection,
      Policy policy,
      Fit fit,
      boolean preserveDigests,
      Beside beside,
      int parallelBlobs) {
    this(from, to, selection, policy, fit, Variants.NONE, preserveDigests, beside, parallelBlobs);
  }

  /// A copy of the image as it is, with its signatures.
  public static CopyRequest of(Location from, Location to, Selection selection, Policy policy) {
    return new CopyRequest(
        from, to, selection, policy, Fit.AS_IT_IS, false, Beside.SIGNATURES, PARALLEL_BLOBS);
  }

  public CopyRequest with(Fit changed) {
    return new CopyRequest(
        from, to, selection, policy, changed, variants, preserveDigests, beside, parallelBlobs);
  }

  public CopyRequest with(Variants changed) {
    return new CopyRequest(
        from, to, selection, policy, fit, changed, preserveDigests, beside, parallelBlobs);
  }

  public CopyRequest with(Beside changed) {
    return new CopyRequest(
        from, to, selection, policy, fit, variants, preserveDigests, changed, parallelBlobs);
  }
}
