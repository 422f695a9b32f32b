package dev.ocij.copy;

import dev.ocij.trust.Signer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes beside an image: its signatures, and what refers to it.
///
/// @param keepsSignatures whether those that the source has come along
/// @param signers who signs what is written
/// @param signIdentity the name in new signatures; null for the destination's own
/// @param attached what goes with the image that the source has
/// @param referrers what is new
public record Beside(
    boolean keepsSignatures,
    List<Signer> signers,
    @Nullable String signIdentity,
    Attached attached,
    NewReferrers referrers) {
  /// The signatures that the source has, and nothing else.
  public static final Beside SIGNATURES =
      new Beside(true, List.of(), null, Attached.NOTHING, NewReferrers.NONE);

  /// The image alone.
  public static final Beside NOTHING = SIGNATURES.keepingSignatures(false);

  public Beside {
    signers = List.copyOf(signers);
  }

  /// These things, with the source's signatures or without.
  public Beside keepingSignatures(boolean kept) {
    return new Beside(kept, signers, signIdentity, attached, referrers);
  }

  public Beside signedBy(List<Signer> all, @Nullable String identity) {
    return new Beside(keepsSignatures, all, identity, attached, referrers);
  }

  public Beside with(Attached changed) {
    return new Beside(keepsSignatures, signers, signIdentity, changed, referrers);
  }

  public Beside with(NewReferrers added) {
    return new Beside(keepsSignatures, signers, signIdentity, attached, added);
  }

  /// Whether something may be new beside an image that is there already.
  boolean mayBeNew() {
    return !signers.isEmpty()
        || !attached.equals(Attached.NOTHING)
        || !referrers.equals(NewReferrers.NONE);
  }
}
