package dev.ocij.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The names by which a policy may mean an image that is a file or directory:
/// containers-policy.json(5), "dir:", "oci:".
public final class PathScopes {
  private PathScopes() {}

  /// The absolute path, links resolved, and all directories above it but the root.
  ///
  /// @param path exists
  public static List<String> of(Path path) throws IOException {
    return Stream.iterate(path.toRealPath(), p -> p.getNameCount() > 0, Path::getParent)
        .map(Path::toString)
        .toList();
  }
}
