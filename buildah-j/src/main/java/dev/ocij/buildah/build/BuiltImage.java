package dev.ocij.buildah.build;

import dev.ocij.buildah.provenance.Said;
import dev.ocij.image.Image;
import java.util.List;

/// A finished image, and what the build says of it.
record BuiltImage(Image image, List<Said> said) {
  BuiltImage {
    said = List.copyOf(said);
  }
}
