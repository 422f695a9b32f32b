package dev.ocij.buildah.container;

import dev.ocij.spec.OciException;

/// An image that containers are made of.
public final class ImageInUseException extends OciException {
  private static final long serialVersionUID = 1;

  /// @param container its id
  public ImageInUseException(String container) {
    super(
        Category.USAGE,
        ("image used by %s: image is in use by a container: consider listing external containers"
                + " and force-removing image")
            .formatted(container));
  }
}
