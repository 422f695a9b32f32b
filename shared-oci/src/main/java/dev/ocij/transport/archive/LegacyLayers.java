package dev.ocij.transport.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.RootFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Docker before 1.10 reads of an archive: a directory for each layer, named by an id of its
/// own, with a `VERSION`, a `json` and a link to the layer.
record LegacyLayers(List<Legacy> all) {
  private static final List<String> TOP =
      List.of(
          "architecture",
          "config",
          "container",
          "container_config",
          "created",
          "docker_version",
          "os");

  /// @param json with its keys in alphabetical order
  private record Legacy(String id, Digest diffId, Map<String, JsonNode> json) {}

  static LegacyLayers of(List<Digest> diffIds, byte[] config) {
    var root = Json.readTree(config, "image configuration");
    var chainIds = RootFs.of(diffIds).chainIds();
    var layers = new ArrayList<Legacy>();
    for (int i = 0; i < diffIds.size(); i++) {
      var json = new TreeMap<String, JsonNode>();
      if (i > 0) {
        json.put("parent", TextNode.valueOf(layers.getLast().id));
      }
      if (i == diffIds.size() - 1) {
        TOP.forEach(key -> json.put(key, root.has(key) ? root.get(key) : NullNode.getInstance()));
      }
      layers.add(legacy(diffIds.get(i), chainIds.get(i), json));
    }
    return new LegacyLayers(layers);
  }

  /// The id of the last layer, which stands for the image; null without layers.
  @Nullable String top() {
    return all.isEmpty() ? null : all.getLast().id;
  }

  /// @param present the ids of those that the archive has; they are not written again
  void append(TarOutput tar, Set<String> present) throws IOException {
    for (var layer : all) {
      if (!present.add(layer.id)) {
        continue;
      }
      tar.appendLink(layer.id + "/layer.tar", "../" + layer.diffId.hex() + ".tar");
      tar.append(layer.id + "/VERSION", "1.0".getBytes(StandardCharsets.US_ASCII));
      tar.append(layer.id + "/json", Json.write(layer.json));
    }
  }

  /// The id is the digest of the JSON with the chain id in place of the id itself, as the peers
  /// make it.
  private static Legacy legacy(Digest diffId, Digest chainId, TreeMap<String, JsonNode> json) {
    json.put("layer_id", TextNode.valueOf(chainId.toString()));
    var id = Digest.of(Json.write(json)).hex();
    json.remove("layer_id");
    json.put("id", TextNode.valueOf(id));
    return new Legacy(id, diffId, json);
  }
}
