package dev.ocij.buildah.instruction;

/// The confinement that `RUN --security` asks for.
public enum Security {
  SANDBOX,
  /// Without any; the builder decides whether to grant that.
  INSECURE
}
