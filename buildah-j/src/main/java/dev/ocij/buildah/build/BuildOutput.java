package dev.ocij.buildah.build;

import dev.ocij.buildah.plan.Stage;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Platform;
import java.time.Duration;
import java.util.function.Supplier;

/// What a build tells while it goes on.
public interface BuildOutput {
  BuildOutput SILENT = new BuildOutput() {};

  /// What the build asks of the machine: told before its first step, and again where a base asks
  /// for more.
  ///
  /// @param tier asks the machine where something runs, which takes some milliseconds
  default void tier(Supplier<Tier> tier) {}

  /// One of several builds of the same begins.
  default void platform(Platform platform) {}

  /// A step begins.
  ///
  /// @param stages how many there are in the Containerfile
  /// @param number from 1, FROM included
  default void step(Stage stage, int stages, int number, int count, String line) {}

  /// An earlier build did this step of a stage.
  default void cached(Stage stage, int stages, Digest key) {}

  /// A step of a stage is done, for no earlier build did it.
  default void missed(Stage stage, int stages, Miss why) {}

  /// A step of a stage has ended well.
  default void done(Stage stage, int stages, Duration time) {}

  /// What every line of a stage begins with where others are built at the same time.
  default String mark(Stage stage, int stages) {
    return "";
  }

  /// A repository had the result of a step.
  default void cachePulled(String repository, Digest key) {}

  /// A repository gets the result of a step.
  default void cachePushing(String repository, Digest key) {}

  /// Something is not as it should be, and the build goes on.
  default void warning(String sentence) {}

  default void committing(Location target) {}

  default void committed(Location target, Digest id) {}

  /// The caller gave a build argument that no ARG declares.
  default void unconsumed(String argument) {}
}
