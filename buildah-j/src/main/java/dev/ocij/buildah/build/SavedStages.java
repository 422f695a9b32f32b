package dev.ocij.buildah.build;

/// What becomes of the images of the stages that a build made for its target.
///
/// @param kept whether they are in the store afterwards, without names
/// @param labelled whether each of them, and the target's, tells its stage and what that began with
public record SavedStages(boolean kept, boolean labelled) {
  public static final SavedStages NONE = new SavedStages(false, false);
}
