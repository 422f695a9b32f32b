package dev.ocij.buildah.compare;

/// Whether times count: those that a clock gave differ each time.
public enum Times {
  COUNT,
  ASIDE
}
