package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.ImageConfig;
import java.util.List;
import java.util.TreeMap;

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

  /// Of the container those whose keys are not fields, so that Go sorts them.
  private static final List<String> MAPS = List.of("ExposedPorts", "Volumes", "Labels");

  private OciForm() {}

  public static JsonNode of(ImageConfig config) {
    var image = (ObjectNode) config.json();
    image.retain(IMAGE);
    if (image.get("config") instanceof ObjectNode container) {
      container.retain(CONTAINER);
      MAPS.forEach(name -> sort(container.path(name)));
    }
    return image;
  }

  private static void sort(JsonNode map) {
    if (map instanceof ObjectNode entries) {
      var sorted = new TreeMap<String, JsonNode>();
      entries.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      entries.removeAll();
      entries.setAll(sorted);
    }
  }
}
