package dev.ocij.copy;

import dev.ocij.image.Document;
import dev.ocij.image.Image;
import java.io.IOException;
import java.util.List;

/// What is said of manifests when they are written: artifacts that refer to them and become visible
/// with them.
@FunctionalInterface
public interface NewReferrers {
  NewReferrers NONE = _ -> List.of();

  /// The artifacts about one manifest, of an image or of an index.
  List<Image> of(Document manifest) throws IOException;
}
