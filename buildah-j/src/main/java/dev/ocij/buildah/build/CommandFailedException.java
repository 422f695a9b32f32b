package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Written;

/// A RUN ended with another status than 0; the build passes it on.
public final class CommandFailedException extends StepException {
  private final int exitStatus;

  CommandFailedException(Written step, int exitStatus) {
    super(
        step.at(),
        Category.REJECTED,
        "building at STEP \"%s\": exit status %d".formatted(step.line(), exitStatus));
    this.exitStatus = exitStatus;
  }

  public int exitStatus() {
    return exitStatus;
  }
}
