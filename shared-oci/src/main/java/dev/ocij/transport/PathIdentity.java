package dev.ocij.transport;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.trust.ImageIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What a policy knows a place in the file system by: its absolute path without symbolic links, and
/// that of each directory above, the root excepted.
public final class PathIdentity {
  private PathIdentity() {}

  /// The identity of what is at an existing path.
  ///
  /// @param name the image's name there, the most specific scope; null where it has none
  public static ImageIdentity of(String transport, Path path, @Nullable String name) {
    var scopes = new ArrayList<String>();
    var real = real(transport, path);
    if (name != null) {
      scopes.add(real + ":" + name);
    }
    for (var above = real; above != null && above.getNameCount() > 0; above = above.getParent()) {
      scopes.add(above.toString());
    }
    return new ImageIdentity(transport, null, scopes);
  }

  private static Path real(String transport, Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "open %s:%s: %s".formatted(transport, path, Reason.of(e)), e);
    }
  }
}
