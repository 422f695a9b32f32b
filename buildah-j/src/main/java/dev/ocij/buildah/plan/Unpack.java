package dev.ocij.buildah.plan;

/// Which archives are unpacked where they are put.
public enum Unpack {
  NONE,
  /// Those of the build context.
  LOCAL,
  /// Downloaded ones too.
  ALL
}
