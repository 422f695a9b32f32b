package dev.ocij.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// The steps of a schema 1 manifest, made of a configuration. Each has an id that depends on its
/// layer and on the id below, as the peers make it.
///
/// @param layers one for each step, base first; that of an empty step is [#NOTHING]
/// @param texts what is known of each step, a JSON document
record Schema1History(List<Digest> layers, List<String> texts) {
  /// A gzipped tar without entries: the layer of each step that changed no file.
  static final Blob.Known NOTHING =
      Blob.of(
          MediaType.DOCKER_LAYER_GZIP,
          HexFormat.of()
              .parseHex("1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000"));

  /// What Go writes for a time that nobody told.
  private static final String GO_ZERO = "0001-01-01T00:00:00Z";

  /// @param layers of the steps that are not empty, base first
  static Schema1History of(byte[] config, List<Digest> layers) {
    if (!(Json.readTree(config, "image configuration") instanceof ObjectNode json)) {
      throw invalid("its configuration is no object");
    }
    var steps = steps(json, layers.size());
    var all = layersOf(steps, layers);
    var texts = new ArrayList<String>();
    var parent = "";
    for (int i = 0; i < steps.size() - 1; i++) {
      var id = id(all.get(i).hex(), parent);
      texts.add(text(steps.get(i), id, parent));
      parent = id;
    }
    var id = id(all.getLast().hex(), parent, new String(config, StandardCharsets.UTF_8));
    texts.add(topText(json, id, parent, isEmpty(steps.getLast())));
    return new Schema1History(all, List.copyOf(texts));
  }

  boolean hasEmptySteps() {
    return layers.contains(NOTHING.descriptor().digest());
  }

  /// Where there is no history, each layer is a step of which nothing is known.
  private static List<JsonNode> steps(ObjectNode config, int layers) {
    var steps = new ArrayList<JsonNode>();
    config.path("history").forEach(steps::add);
    return steps.isEmpty() ? Collections.nCopies(layers, Json.object()) : steps;
  }

  private static List<Digest> layersOf(List<JsonNode> steps, List<Digest> layers) {
    if (steps.isEmpty() || steps.stream().filter(step -> !isEmpty(step)).count() != layers.size()) {
      throw invalid(
          "its history has %d steps, which do not match its %d layers"
              .formatted(steps.size(), layers.size()));
    }
    var rest = layers.iterator();
    var nothing = NOTHING.descriptor().digest();
    return steps.stream().map(step -> isEmpty(step) ? nothing : rest.next()).toList();
  }

  private static boolean isEmpty(JsonNode step) {
    return step.path("empty_layer").asBoolean();
  }

  private static String id(String... parts) {
    return Digest.of(String.join(" ", parts).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String text(JsonNode step, String id, String parent) {
    var text = Json.object().put("id", id);
    putUnlessEmpty(text, "parent", parent);
    putUnlessEmpty(text, "comment", step.path("comment").asText(""));
    text.put("created", step.path("created").asText(GO_ZERO));
    text.putObject("container_config").putArray("Cmd").add(step.path("created_by").asText(""));
    putUnlessEmpty(text, "author", step.path("author").asText(""));
    if (isEmpty(step)) {
      text.put("throwaway", true);
    }
    return Schema1Config.text(text);
  }

  /// The topmost step has all of the configuration, but for what schema 1 has elsewhere.
  private static String topText(ObjectNode config, String id, String parent, boolean empty) {
    var text = new TreeMap<String, Object>();
    config.properties().forEach(field -> text.put(field.getKey(), field.getValue()));
    text.remove("rootfs");
    text.remove("history");
    text.put("id", id);
    if (!parent.isEmpty()) {
      text.put("parent", parent);
    }
    if (empty) {
      text.put("throwaway", true);
    }
    return Schema1Config.text(text);
  }

  private static void putUnlessEmpty(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.INVALID, "convert to schema 1: " + found);
  }
}
