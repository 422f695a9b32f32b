package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.image.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished image, and what the build says of it.
///
/// @param bill that is written down; null for none
record BuiltImage(Image image, List<Said> said, @Nullable Bill bill) {
  BuiltImage {
    said = List.copyOf(said);
  }
}
