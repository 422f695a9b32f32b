package dev.ocij.buildah.context;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;

/// What `--build-context` gives a name to.
public sealed interface ContextPlace {
  /// An image.
  ///
  /// @param reference as FROM would name it
  record OfImage(String reference) implements ContextPlace {}

  /// Files, as [Contexts] opens them.
  record OfFiles(String place) implements ContextPlace {}

  private static List<String> imageSchemes() {
    return List.of("docker-image://", "container-image://", "docker://");
  }

  static ContextPlace parse(String text) {
    for (var scheme : imageSchemes()) {
      if (text.startsWith(scheme)) {
        return new OfImage(required(text, text.substring(scheme.length())));
      }
    }
    if (text.startsWith("oci-layout:")) {
      var path = text.substring("oci-layout:".length()).replaceFirst("^//", "");
      int at = path.lastIndexOf("@sha");
      if (at > 0) {
        // A tag beside a digest tells people something, and nobody else.
        var layout = path.substring(0, at).replaceFirst(":[^:/]*$", "");
        return new OfImage("oci:%s:%s".formatted(layout, path.substring(at)));
      }
      return new OfImage("oci:" + required(text, path));
    }
    return new OfFiles(required(text, text));
  }

  private static String required(String text, String rest) {
    if (rest.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "build context %s names nothing".formatted(Quoted.of(text)));
    }
    return rest;
  }
}
