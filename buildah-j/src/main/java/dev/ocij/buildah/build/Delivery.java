package dev.ocij.buildah.build;

import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies what was built to where it is wanted: the build flow ends where this begins.
record Delivery(Transports transports, BuildOutput output, boolean docker) {

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

  private @Nullable Source earlier(Location target) throws IOException {
    try {
      return transports.openSource(target);
    } catch (OciException | IOException _) {
      return null;
    }
  }

  private static BuildResult result(@Nullable Digest id, @Nullable Descriptor first) {
    if (first == null) {
      throw new IllegalArgumentException("a build without a name");
    }
    return new BuildResult(id == null ? first.digest() : id, first);
  }

  private Descriptor deliver(Source source, Location target, @Nullable Digest id)
      throws IOException {
    output.committing(target);
    var sources = new Transports(List.of(new BuiltTransport(source)));
    var written = new Copier(sources, transports, Progress.SILENT).copy(request(target));
    output.committed(target, id == null ? written.digest() : id);
    return written;
  }

  private CopyRequest request(Location target) {
    return new CopyRequest(
        new Location(BuiltSource.TRANSPORT, ""),
        target,
        new Selection.All(),
        Policy.acceptAnything(),
        Fit.AS_IT_IS.withFormat(docker ? Fit.Format.DOCKER : null),
        false,
        false,
        List.of(),
        null,
        6);
  }
}
