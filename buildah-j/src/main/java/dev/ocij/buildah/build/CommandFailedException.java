package dev.ocij.buildah.build;

import dev.ocij.spec.OciException;

/// A RUN ended with another status than 0; the build passes it on.
public final class CommandFailedException extends OciException {
  private final int exitStatus;

  CommandFailedException(String step, int exitStatus) {
    super(Category.REJECTED, "building at STEP \"%s\": exit status %d".formatted(step, exitStatus));
    this.exitStatus = exitStatus;
  }

  public int exitStatus() {
    return exitStatus;
  }
}
