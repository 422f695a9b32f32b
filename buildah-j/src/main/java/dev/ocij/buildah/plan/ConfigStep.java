package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Written;
import org.jspecify.annotations.Nullable;

/// Changes the configuration: that of the image is then the one of [#after()].
///
/// @param directory made by WORKDIR where it is missing, mode 0755, owned by the user of the state;
///   else null, and the step has no layer
public record ConfigStep(
    Written written, String identity, StageState after, @Nullable String directory)
    implements Step {

  /// The text for the history.
  public String createdBy() {
    return "/bin/sh -c #(nop) " + written.text();
  }
}
