package dev.ocij.buildah.cli;

import dev.ocij.transport.local.LocalImages;

/// The names that images get in the local store.
public final class LocalNames {
  private LocalNames() {}

  /// A complete name: without a registry it begins with `localhost/`, without a tag it ends with
  /// `:latest`.
  public static String complete(String typed) {
    return LocalImages.complete(typed);
  }
}
