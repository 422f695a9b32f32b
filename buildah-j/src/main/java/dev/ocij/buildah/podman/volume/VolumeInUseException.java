package dev.ocij.buildah.podman.volume;

import dev.ocij.spec.OciException;
import java.util.List;

/// A volume that containers use.
final class VolumeInUseException extends OciException {
  private static final long serialVersionUID = 1;

  VolumeInUseException(String name, List<String> containers) {
    super(
        Category.USAGE,
        "volume %s is being used by the following container(s): %s: volume is being used"
            .formatted(name, String.join(", ", containers)));
  }
}
