package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.Values;
import java.util.Arrays;

/// What `save` writes.
enum SaveFormat {
  OCI_DIR,
  OCI_ARCHIVE,
  DOCKER_DIR,
  DOCKER_ARCHIVE;

  /// The word on the command line.
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// Whether it is a folder, not a file.
  boolean isFolder() {
    return this == OCI_DIR || this == DOCKER_DIR;
  }

  static SaveFormat parse(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Values.usage(
                "format value must be one of oci-dir oci-archive docker-dir docker-archive"));
  }
}
