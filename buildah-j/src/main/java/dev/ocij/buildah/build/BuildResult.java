package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.Bill;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import org.jspecify.annotations.Nullable;

/// What a build gave.
///
/// @param id of the image, the digest of its configuration; of a list, that of its document
/// @param document what the first name leads to
/// @param bill of the contents of the one image, where that is to be written down
public record BuildResult(Digest id, Descriptor document, @Nullable Bill bill) {
  BuildResult(Digest id, Descriptor document) {
    this(id, document, null);
  }

  BuildResult withBill(@Nullable Bill written) {
    return new BuildResult(id, document, written);
  }
}
