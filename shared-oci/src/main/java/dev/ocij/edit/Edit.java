package dev.ocij.edit;

import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import java.util.function.UnaryOperator;

/// A change of an image, pure and lazy: `recompress(ZSTD).andThen(asOci())`.
@FunctionalInterface
public interface Edit {
  Edit NOTHING = Edits.nothing();

  /// The changed artifact; the same one where there is nothing to change.
  Artifact apply(Artifact artifact);

  default Edit andThen(Edit next) {
    return Edits.sequence(this, next);
  }

  /// The edit that does this to every image, those of an index one by one.
  static Edit ofImages(UnaryOperator<Image> change) {
    return Edits.each(change);
  }
}
