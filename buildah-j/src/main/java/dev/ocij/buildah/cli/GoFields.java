package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.util.Map;

/// An image configuration under the names that the fields have in Go, which templates use:
/// `{{.OCIv1.Config.Labels}}` where the JSON says `config`.
final class GoFields {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("created", "Created"),
          Map.entry("created_by", "CreatedBy"),
          Map.entry("author", "Author"),
          Map.entry("architecture", "Architecture"),
          Map.entry("variant", "Variant"),
          Map.entry("os", "OS"),
          Map.entry("os.version", "OSVersion"),
          Map.entry("os.features", "OSFeatures"),
          Map.entry("config", "Config"),
          Map.entry("container_config", "ContainerConfig"),
          Map.entry("rootfs", "RootFS"),
          Map.entry("type", "Type"),
          Map.entry("diff_ids", "DiffIDs"),
          Map.entry("history", "History"),
          Map.entry("comment", "Comment"),
          Map.entry("empty_layer", "EmptyLayer"));

  private GoFields() {}

  /// The inspection of an image as templates see it.
  static ObjectNode of(ObjectNode inspection) {
    ObjectNode seen = inspection.deepCopy();
    for (var name : new String[] {"OCIv1", "Docker", "History"}) {
      seen.set(name, renamed(inspection.path(name)));
    }
    return seen;
  }

  private static JsonNode renamed(JsonNode value) {
    if (value.isArray()) {
      var array = Json.array();
      value.forEach(element -> array.add(renamed(element)));
      return array;
    }
    if (!value.isObject()) {
      return value;
    }
    var object = Json.object();
    for (var field : value.properties()) {
      var name = NAMES.get(field.getKey());
      // What has Docker's names below has them in Go too.
      object.set(
          name == null ? field.getKey() : name,
          name == null || name.equals("Config") ? field.getValue() : renamed(field.getValue()));
    }
    return object;
  }
}
