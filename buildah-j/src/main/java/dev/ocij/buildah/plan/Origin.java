package dev.ocij.buildah.plan;

/// Where files come from: what a stage starts with, or what `--from` copies or mounts.
public sealed interface Origin {
  /// Nothing at all: `FROM scratch`.
  record Scratch() implements Origin {}

  /// The build context.
  record BuildContext() implements Origin {}

  /// What another stage gave.
  record OfStage(int index) implements Origin {}

  /// An image, by the name that was written.
  ///
  /// @param help what to tell where there is no such image: the stage whose name is near; or empty
  record OfImage(String reference, String help) implements Origin {}

  /// A context that the caller gave a name.
  record NamedContext(String name) implements Origin {}
}
