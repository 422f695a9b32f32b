package dev.ocij.buildah.build;

import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies what was built to where it is wanted, and tells so: the build flow ends where this
/// begins.
record BuildDelivery(Delivery delivery, BuildOutput output) {
  /// Copies one image to all of its names.
  ///
  /// @param targets not empty
  BuildResult deliver(Image image, List<Location> targets) throws IOException {
    var id = image.manifest().config().digest();
    Descriptor first = null;
    for (var target : targets) {
      var written = deliver(new BuiltSource(image), target, id);
      first = first == null ? written : first;
    }
    return result(id, first);
  }

  /// Copies a list of images to all of its names; what a list had for other platforms stays.
  ///
  /// @param targets not empty
  BuildResult deliverList(List<Image> images, List<Location> targets) throws IOException {
    Descriptor first = null;
    for (var target : targets) {
      var earlier = earlier(target);
      try {
        var list = BuiltList.of(images, earlier);
        var written = deliver(list, target, null);
        first = first == null ? written : first;
      } finally {
        if (earlier != null) {
          earlier.close();
        }
      }
    }
    return result(null, first);
  }

  /// Copies images to the store, without names.
  void keep(List<Image> images) throws IOException {
    for (var image : images) {
      var _ = delivery.deliver(image, LocalTransport.location(""));
    }
  }

  private @Nullable Source earlier(Location target) throws IOException {
    try {
      return delivery.transports().openSource(target);
    } catch (OciException | IOException _) {
      return null;
    }
  }

  private BuildResult result(@Nullable Digest id, @Nullable Descriptor first) {
    if (first == null) {
      throw new IllegalArgumentException("a build without a name");
    }
    return new BuildResult(id == null ? first.digest() : id, first);
  }

  private Descriptor deliver(Source source, Location target, @Nullable Digest id)
      throws IOException {
    output.committing(target);
    var written = delivery.deliver(source, target);
    output.committed(target, id == null ? written.digest() : id);
    return written;
  }
}
