package dev.ocij.buildah.podman.image;

import dev.ocij.spec.OciException;

/// An image that containers are made of.
final class ImageInUseException extends OciException {
  private static final long serialVersionUID = 1;

  ImageInUseException(String container) {
    super(
        Category.USAGE,
        ("image used by %s: image is in use by a container: consider listing external containers"
                + " and force-removing image")
            .formatted(container));
  }
}
