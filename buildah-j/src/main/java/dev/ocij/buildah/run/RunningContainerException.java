package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;

/// What was asked for is not done to a container that runs.
public final class RunningContainerException extends OciException {
  public RunningContainerException(String id) {
    super(
        Category.USAGE,
        ("cannot remove container %s as it is running - running or paused containers cannot be"
                + " removed without force: container state improper")
            .formatted(id));
  }
}
