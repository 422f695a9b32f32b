package dev.ocij.buildah.run;

/// What becomes of the volumes that an image names.
public enum ImageVolumes {
  ANONYMOUS,
  TMPFS,
  IGNORE
}
