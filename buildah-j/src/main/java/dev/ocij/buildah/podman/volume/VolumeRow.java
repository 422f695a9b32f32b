package dev.ocij.buildah.podman.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.Volume;
import dev.ocij.spec.Json;
import dev.ocij.term.template.GoMap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/// A volume as podman shows it.
///
/// @param count of the containers that use it
record VolumeRow(Volume volume, Path content, int count) {
  ObjectNode json() {
    var json =
        Json.object()
            .put("Name", volume.name())
            .put("Driver", "local")
            .put("Mountpoint", content.toString())
            .put(
                "CreatedAt",
                Objects.requireNonNullElse(volume.created(), Instant.EPOCH).toString());
    json.set("Labels", new GoMap(volume.labels()));
    json.put("Scope", "local");
    json.set("Options", new GoMap(volume.options()));
    if (volume.anonymous()) {
      json.put("Anonymous", true);
    }
    return json.put("MountCount", count);
  }

  /// What a template sees.
  ObjectNode fields() {
    return json().put("Anonymous", volume.anonymous());
  }
}
