package dev.ocij.transport.layout;

import dev.ocij.spec.OciException;
import java.nio.file.Path;

/// `path[:name|:@position|:@digest]`; the path ends at the first colon.
public record LayoutLocation(Path path, LayoutName image) {
  public static LayoutLocation parse(String rest) {
    int colon = rest.indexOf(':');
    var path = colon < 0 ? rest : rest.substring(0, colon);
    if (path.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name: expected a path before the colon");
    }
    return new LayoutLocation(
        Path.of(path), LayoutName.parse(colon < 0 ? "" : rest.substring(colon + 1)));
  }
}
