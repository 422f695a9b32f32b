package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Written;
import java.util.stream.Stream;

/// One thing that a builder does, with all variables expanded.
public sealed interface Step permits ConfigStep, CopyStep, RunStep {
  /// The instruction that it comes from.
  Written written();

  /// What the step does, as one text: two steps with the same text, on the same image and with the
  /// same sources, give the same. For the cache.
  String identity();

  /// The stage behind the step.
  StageState after();

  /// The ids of the caches that it mounts.
  default Stream<String> caches() {
    return Stream.empty();
  }
}
