package dev.ocij.buildah.plan;

import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What checks know beside the Containerfile.
///
/// @param ignored whether a path of the build context is left out
/// @param bases configurations of images by their names, of those that are on this machine
/// @param platform that is built for
/// @param check what the caller says in place of what files say of checks; null for nothing
public record Surroundings(
    Predicate<String> ignored,
    Function<String, Optional<ImageConfig>> bases,
    Platform platform,
    @Nullable String check) {
  /// No ignore file, and no image.
  public static final Surroundings NOTHING =
      new Surroundings(_ -> false, _ -> Optional.empty(), Platform.host(), null);
}
