package dev.ocij.buildah.sourcepolicy;

import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Transports;

/// The images that a source policy has in place of those that a Containerfile names.
public record PolicyImages(SourcePolicy policy, Transports transports) {
  private static final String REGISTRY = "docker";

  /// The name to open; as it was written where the policy changes nothing.
  ///
  /// @throws OciException where the policy denies it, or has something else than an image for it
  public String name(String written) {
    if (policy.isEmpty()) {
      return written;
    }
    var source = source(written);
    var judged = policy.judge(source);
    if (judged.equals(source)) {
      return written;
    }
    var name = judged.imageName();
    if (name.contains("://") && !transports.isLocation(name)) {
      throw new OciException(
          OciException.Category.INVALID,
          "take %s: %s has %s in its place, which is no image"
              .formatted(
                  Quoted.escape(source.identifier()),
                  policy.file(),
                  Quoted.escape(judged.identifier())));
    }
    return name;
  }

  private BuildSource source(String written) {
    if (!transports.isLocation(written)) {
      return BuildSource.image(written);
    }
    var location = Location.parse(written);
    return location.transport().equals(REGISTRY)
        ? BuildSource.image(location.rest().substring("//".length()))
        : BuildSource.other(written);
  }
}
