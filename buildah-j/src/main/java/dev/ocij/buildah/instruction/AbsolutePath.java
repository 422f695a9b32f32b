package dev.ocij.buildah.instruction;

import java.util.ArrayDeque;

/// Paths inside a container, resolved as text: `.`, `..` and doubled slashes are gone, and nothing
/// is above the root.
public final class AbsolutePath {
  private AbsolutePath() {}

  /// The path, which is inside `directory` unless it begins with a slash; without one at its end.
  public static String of(String directory, String path) {
    var components = new ArrayDeque<String>();
    var whole = path.startsWith("/") ? path : directory + "/" + path;
    for (var component : whole.split("/")) {
      switch (component) {
        case "", "." -> {}
        case ".." -> components.pollLast();
        default -> components.addLast(component);
      }
    }
    return "/" + String.join("/", components);
  }
}
