package dev.ocij.buildah.container;

import dev.ocij.buildah.run.ContainerNames;

/// The names of working containers.
final class WorkingName {
  private static final String SUFFIX = "working-container";

  private WorkingName() {}

  /// The name after an image: `busybox-working-container`.
  ///
  /// @param image as it was asked for, or `scratch`
  static String after(String image) {
    if (image.equals("scratch")) {
      return SUFFIX;
    }
    var last = image.substring(image.lastIndexOf('/') + 1);
    var bare = last.split("[:@]", 2)[0].replaceAll("[^a-zA-Z0-9_.-]", "");
    return ContainerNames.isName(bare) ? bare + "-" + SUFFIX : SUFFIX;
  }
}
