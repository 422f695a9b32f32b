package dev.ocij.runtime.rootless;

/// How much of a container the machine allows.
public enum Confinement {
  /// Namespaces and mounts of its own.
  NAMESPACES,
  /// Namespaces and mounts, but the processes and `/proc` of the host: a fresh proc cannot be
  /// mounted where the host's is masked.
  NAMESPACES_WITHOUT_PID,
  /// A root directory of its own, and nothing else: root where namespaces are forbidden.
  CHROOT,
  /// No container can be started.
  NONE
}
