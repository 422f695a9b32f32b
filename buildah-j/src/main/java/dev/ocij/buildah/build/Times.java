package dev.ocij.buildah.build;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The times in what a build makes. Layers and history of the base keep theirs.
///
/// @param created of the image, its new history and its annotation; null for the time of each step
/// @param files what becomes of the times of new files
public record Times(@Nullable Instant created, Files files) {
  /// As the clock has them.
  public static final Times OF_THE_CLOCK = new Times(null, Files.KEPT);

  /// New files.
  public enum Files {
    KEPT,
    /// None is later than the image.
    CAPPED,
    /// All are of the time of the image.
    SET
  }

  /// What a step's result depends on; empty for nothing.
  String identity() {
    return files == Files.KEPT ? "" : "%s at %s".formatted(files, created);
  }
}
