package dev.ocij.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Schema1Manifest.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The configuration of a schema 1 image: what its topmost step says, without what schema 1 alone
/// knows. The bytes are those that the peers make, for the image id depends on them.
final class Schema1Config {
  private static final List<String> SCHEMA1_ONLY =
      List.of("id", "parent", "Size", "parent_id", "layer_id", "throwaway");

  /// What Go writes for a time that nobody told.
  private static final String GO_ZERO = "0001-01-01T00:00:00Z";

  private Schema1Config() {}

  /// @param steps base first
  /// @param diffIds of the layers of those steps that are not empty; none where nobody knows them
  static byte[] of(List<Step> steps, List<Digest> diffIds) {
    if (!(steps.getLast().json() instanceof ObjectNode top)) {
      throw new OciException(
          OciException.Category.INVALID, "read v1Compatibility: expected an object");
    }
    var config = new TreeMap<String, Object>();
    top.properties().forEach(field -> config.put(field.getKey(), field.getValue()));
    SCHEMA1_ONLY.forEach(config::remove);
    config.put("history", steps.stream().map(Schema1Config::history).toList());
    config.put("rootfs", rootfs(diffIds));
    return escaped(Json.write(config));
  }

  private static ObjectNode history(Step step) {
    var json = step.json();
    var history = Json.object();
    history.put("created", json.path("created").asText(GO_ZERO));
    putUnlessEmpty(history, "author", json.path("author").asText(""));
    putUnlessEmpty(history, "created_by", command(json));
    putUnlessEmpty(history, "comment", json.path("comment").asText(""));
    if (step.empty()) {
      history.put("empty_layer", true);
    }
    return history;
  }

  private static String command(JsonNode json) {
    var words = json.path("container_config").path("Cmd");
    return StreamSupport.stream(words.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(" "));
  }

  private static ObjectNode rootfs(List<Digest> diffIds) {
    var rootfs = Json.object().put("type", "layers");
    ArrayNode all = rootfs.putArray("diff_ids");
    diffIds.forEach(diffId -> all.add(diffId.toString()));
    return rootfs;
  }

  private static void putUnlessEmpty(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  /// JSON as Go writes it.
  static String text(Object json) {
    return new String(escaped(Json.write(json)), StandardCharsets.UTF_8);
  }

  /// As Go writes JSON; these characters stand in texts only.
  private static byte[] escaped(byte[] json) {
    return new String(json, StandardCharsets.UTF_8)
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .getBytes(StandardCharsets.UTF_8);
  }
}
