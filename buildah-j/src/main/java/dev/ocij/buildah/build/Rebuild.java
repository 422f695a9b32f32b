package dev.ocij.buildah.build;

import dev.ocij.buildah.compare.Difference;
import dev.ocij.buildah.compare.ImageComparison;
import dev.ocij.buildah.compare.Times;
import dev.ocij.copy.Selection;
import dev.ocij.image.Image;
import dev.ocij.transport.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Builds again what was built before, every step, and looks whether that gives the same.
///
/// @param before an image, or an index of images for several platforms
public record Rebuild(Builder builder, Source before) {
  /// The first difference, in the first of these builds that has one. Times count where they were
  /// given; those of a clock are never the same twice.
  ///
  /// @param requests they differ in their platform alone
  public Optional<Difference> first(List<BuildRequest> requests) throws IOException {
    for (var request : requests) {
      var found = difference(request);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Difference> difference(BuildRequest request) throws IOException {
    var times = request.times().created() == null ? Times.ASIDE : Times.COUNT;
    var image = (Image) new Selection.Single(request.platform()).from(before.read());
    try {
      return builder.built(
          request.again(), rebuilt -> new ImageComparison(image, rebuilt, times).first());
    } catch (CommandFailedException e) {
      // Its status would be taken for the result of the comparison.
      throw new StepException(e.at(), e.category(), "rebuild: " + e.sentence(), e);
    }
  }
}
