package dev.ocij.transport.layout;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What follows `oci:`: `path[:name|:@index]`, the path ending at the first colon.
///
/// @param name the annotation `org.opencontainers.image.ref.name`; null for the only image
/// @param index counted from zero; null where a name or nothing was said
record LayoutLocation(Path path, @Nullable String name, @Nullable Integer index) {
  static LayoutLocation parse(String rest) {
    int colon = rest.indexOf(':');
    var path = colon < 0 ? rest : rest.substring(0, colon);
    if (path.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name oci:%s: the path is empty".formatted(rest));
    }
    var what = colon < 0 ? "" : rest.substring(colon + 1);
    if (what.isEmpty()) {
      return new LayoutLocation(Path.of(path), null, null);
    }
    return what.startsWith("@")
        ? new LayoutLocation(Path.of(path), null, index(what))
        : new LayoutLocation(Path.of(path), what, null);
  }

  private static Integer index(String text) {
    try {
      return Integer.parseUnsignedInt(text.substring(1));
    } catch (NumberFormatException _) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name %s: expected @ and a number counted from 0"
              .formatted(Quoted.of(text)));
    }
  }

  @Override
  public String toString() {
    return path + (name != null ? ":" + name : index != null ? ":@" + index : "");
  }
}
