package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.ImageConfig;
import java.util.List;

/// A configuration with what image-spec defines, as `inspect --config` shows it: what only Docker
/// writes is left out.
public final class OciForm {
  private static final List<String> IMAGE =
      List.of(
          "created",
          "author",
          "architecture",
          "variant",
          "os",
          "os.version",
          "os.features",
          "config",
          "rootfs",
          "history");
  private static final List<String> CONTAINER =
      List.of(
          "User",
          "ExposedPorts",
          "Env",
          "Entrypoint",
          "Cmd",
          "Volumes",
          "WorkingDir",
          "Labels",
          "StopSignal",
          "ArgsEscaped");

  private OciForm() {}

  public static JsonNode of(ImageConfig config) {
    var image = (ObjectNode) config.json();
    image.retain(IMAGE);
    if (image.get("config") instanceof ObjectNode container) {
      container.retain(CONTAINER);
    }
    return image;
  }
}
