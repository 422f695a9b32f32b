package dev.ocij.buildah.text;

/// A failure that came from a place in a Containerfile.
public interface Placed {
  Position at();
}
