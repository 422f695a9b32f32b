package dev.ocij.layer;

import java.util.List;

/// Which extended attributes belong to a file, and which to the machine that it is on.
final class Xattrs {
  /// Those that steer overlays or this program: `redirect` set by a foreign layer would show files
  /// from anywhere.
  private static final List<String> RESERVED =
      List.of("trusted.overlay.", "user.overlay.", "user.fuseoverlayfs.", "user.ocij.");

  private static final List<String> PORTABLE =
      List.of("security.capability", "security.ima", "user.");

  private Xattrs() {}

  /// Whether no layer may set this attribute.
  static boolean isReserved(String key) {
    return RESERVED.stream().anyMatch(key::startsWith);
  }

  /// Whether this attribute goes into a layer; SELinux labels and access lists do not, as with the
  /// peers.
  static boolean isPortable(String key) {
    return PORTABLE.stream().anyMatch(key::startsWith) && !isReserved(key);
  }
}
