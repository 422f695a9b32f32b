package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The option string of an overlay mount.
final class OverlayOptions {
  private OverlayOptions() {}

  /// The folder that all lower directories share.
  static Path base(List<Path> lowers) {
    var base = lowers.getFirst().toAbsolutePath().getParent();
    while (base != null && !containsAll(base, lowers)) {
      base = base.getParent();
    }
    return base == null ? Path.of("/") : base;
  }

  /// The same tree, which nothing can be written to.
  static String reading(Bundle.Overlay overlay, Path base, boolean userXattrs) {
    return "lowerdir=%s:%s%s"
        .formatted(
            escape(overlay.upper().toAbsolutePath()),
            lowers(overlay, base),
            userXattrs ? ",userxattr" : "");
  }

  private static String lowers(Bundle.Overlay overlay, Path base) {
    return overlay.lowers().stream()
        .map(lower -> escape(base.relativize(lower.toAbsolutePath())))
        .collect(Collectors.joining(":"));
  }

  static String of(Bundle.Overlay overlay, Path base, boolean userXattrs) {
    var lowers = lowers(overlay, base);
    return "lowerdir=%s,upperdir=%s,workdir=%s%s"
        .formatted(
            lowers,
            escape(overlay.upper().toAbsolutePath()),
            escape(overlay.work().toAbsolutePath()),
            userXattrs ? ",userxattr" : "");
  }

  private static boolean containsAll(Path base, List<Path> lowers) {
    return lowers.stream().allMatch(lower -> lower.toAbsolutePath().startsWith(base));
  }

  /// A colon separates lower directories, a comma options.
  private static String escape(Path path) {
    return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }
}
