package dev.ocij.copy;

/// What of the things that are attached to an image goes with it, beside signatures.
///
/// @param referrers the manifests that name it, or one of its instances, as their subject
/// @param digestTags attestations and bills of material under tags that are made of digests
public record Attached(boolean referrers, boolean digestTags) {
  public static final Attached NOTHING = new Attached(false, false);
}
