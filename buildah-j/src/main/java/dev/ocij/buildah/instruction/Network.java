package dev.ocij.buildah.instruction;

/// The network that `RUN --network` asks for.
public enum Network {
  /// What the build is told to use.
  DEFAULT,
  /// Loopback only.
  NONE,
  /// The machine's own.
  HOST
}
