package dev.ocij.buildah.cli;

import dev.ocij.name.Location;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;

/// The names that images get in the local store.
public final class LocalNames {
  private LocalNames() {}

  /// A complete name: without a registry it begins with `localhost/`, without a tag it ends with
  /// `:latest`.
  public static String complete(String typed) {
    return LocalImages.complete(typed);
  }

  /// Where an image goes: a name without a transport is one of the local store.
  static Location target(String typed, Transports transports) {
    return transports.isLocation(typed)
        ? Location.parse(typed)
        : LocalTransport.location(complete(typed));
  }
}
