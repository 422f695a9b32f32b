package dev.ocij.buildah.build;

import dev.ocij.buildah.provenance.Said;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.util.List;

/// What a build gave.
///
/// @param id of the image, the digest of its configuration; of a list, that of its document
/// @param document what the first name leads to
/// @param said of the image; of a list, of all images in it
public record BuildResult(Digest id, Descriptor document, List<Said> said) {
  public BuildResult {
    said = List.copyOf(said);
  }
}
