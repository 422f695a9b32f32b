package dev.ocij.copy;

import dev.ocij.name.Location;
import dev.ocij.trust.Policy;
import dev.ocij.trust.Signer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One copy, completely described.
///
/// @param preserveDigests fail rather than write any document with another digest
/// @param removeSignatures leave the source's signatures behind
/// @param signIdentity the name in new signatures; null for the destination's own
/// @param attached what goes with the image that the source has
/// @param referrers what is new beside it
public record CopyRequest(
    Location from,
    Location to,
    Selection selection,
    Policy policy,
    Fit fit,
    boolean preserveDigests,
    boolean removeSignatures,
    List<Signer> signers,
    @Nullable String signIdentity,
    int parallelBlobs,
    Attached attached,
    NewReferrers referrers) {
  public CopyRequest {
    signers = List.copyOf(signers);
  }

  /// A copy of an image alone, with its signatures.
  public CopyRequest(
      Location from,
      Location to,
      Selection selection,
      Policy policy,
      Fit fit,
      boolean preserveDigests,
      boolean removeSignatures,
      List<Signer> signers,
      @Nullable String signIdentity,
      int parallelBlobs) {
    this(
        from,
        to,
        selection,
        policy,
        fit,
        preserveDigests,
        removeSignatures,
        signers,
        signIdentity,
        parallelBlobs,
        Attached.NOTHING);
  }

  /// A copy beside which nothing is new.
  public CopyRequest(
      Location from,
      Location to,
      Selection selection,
      Policy policy,
      Fit fit,
      boolean preserveDigests,
      boolean removeSignatures,
      List<Signer> signers,
      @Nullable String signIdentity,
      int parallelBlobs,
      Attached attached) {
    this(
        from,
        to,
        selection,
        policy,
        fit,
        preserveDigests,
        removeSignatures,
        signers,
        signIdentity,
        parallelBlobs,
        attached,
        NewReferrers.NONE);
  }

  /// This copy with what is attached to the image.
  public CopyRequest with(Attached changed) {
    return new CopyRequest(
        from,
        to,
        selection,
        policy,
        fit,
        preserveDigests,
        removeSignatures,
        signers,
        signIdentity,
        parallelBlobs,
        changed,
        referrers);
  }

  /// This copy with something new that refers to what is written.
  public CopyRequest with(NewReferrers added) {
    return new CopyRequest(
        from,
        to,
        selection,
        policy,
        fit,
        preserveDigests,
        removeSignatures,
        signers,
        signIdentity,
        parallelBlobs,
        attached,
        added);
  }
}
