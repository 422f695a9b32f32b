package dev.ocij.buildah.plan;

/// A stage needs another one, as only the ONBUILD of its base image tells: the Containerfile does
/// not, so that the other one may not be built yet, or not at all.
public final class LateNeedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int stage;
  private final int needed;

  LateNeedException(int stage, int needed) {
    super("stage %d needs stage %d".formatted(stage, needed));
    this.stage = stage;
    this.needed = needed;
  }

  int stage() {
    return stage;
  }

  int needed() {
    return needed;
  }
}
