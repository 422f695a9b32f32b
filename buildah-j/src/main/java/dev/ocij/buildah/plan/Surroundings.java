package dev.ocij.buildah.plan;

import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What checks know beside the Containerfile.
///
/// @param ignored whether a path of the build context is left out
/// @param bases configurations of images by their names, of those that are on this machine
/// @param platform that is built for
public record Surroundings(
    Predicate<String> ignored, Function<String, Optional<ImageConfig>> bases, Platform platform) {
  /// No ignore file, and no image.
  public static final Surroundings NOTHING =
      new Surroundings(_ -> false, _ -> Optional.empty(), Platform.host());
}
