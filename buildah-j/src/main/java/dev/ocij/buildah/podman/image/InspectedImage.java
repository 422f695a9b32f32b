package dev.ocij.buildah.podman.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.podman.InspectedKind;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `inspect` tells of an image.
public record InspectedImage(Supplier<Store> store) implements InspectedKind {
  @Override
  public String type() {
    return "image";
  }

  @Override
  public String missing(String name) {
    return Quoted.escape(name) + ": image not known";
  }

  @Override
  public Optional<JsonNode> find(String name) throws IOException {
    var image = new LocalImages(store.get()).search(name);
    return image.isPresent() ? Optional.of(of(image.get())) : Optional.empty();
  }

  @Override
  public JsonNode whole(JsonNode told) {
    ObjectNode all = told.deepCopy();
    all.putIfAbsent("HealthCheck", all.nullNode());
    var config = all.withObjectProperty("Config");
    for (var name : List.of("User", "WorkingDir", "StopSignal")) {
      config.putIfAbsent(name, config.textNode(""));
    }
    for (var name : List.of("ExposedPorts", "Volumes", "Labels")) {
      config.putIfAbsent(name, config.objectNode());
    }
    for (var name : List.of("Env", "Entrypoint", "Cmd")) {
      config.putIfAbsent(name, config.arrayNode());
    }
    return all;
  }

  private ObjectNode of(LocalImage image) throws IOException {
    return image.config() == null ? documentOnly(image) : of(image, image.config());
  }

  private ObjectNode of(LocalImage image, ImageConfig config) throws IOException {
    var raw = Json.readTree(store.get().images().blobs().read(image.id()), "image configuration");
    var json = names(image);
    json.put("Parent", "").put("Comment", text(config.comment()));
    json.put("Created", image.created().toString());
    json.set("Config", orEmpty(raw.path("config")));
    json.put("Version", text(config.dockerVersion())).put("Author", text(config.author()));
    json.put("Architecture", config.architecture()).put("Os", config.os());
    if (config.variant() != null) {
      json.put("Variant", config.variant());
    }
    json.put("Size", image.size()).put("VirtualSize", image.size());
    json.putObject("GraphDriver").put("Name", "oci-layout").putNull("Data");
    json.putObject("RootFS")
        .put("Type", "layers")
        .set("Layers", FieldWriter.array(config.rootfs().diffIds()));
    json.set("Labels", labels(config));
    json.set("Annotations", orEmpty(manifest(image).path("annotations")));
    json.put("ManifestType", image.document().mediaType().value());
    json.put("User", text(config.config().user()));
    json.set("History", raw.path("history").isArray() ? raw.path("history") : null);
    json.set("NamesHistory", FieldWriter.array(image.names()));
    if (config.config().healthcheck() != null) {
      json.set("HealthCheck", raw.path("config").path("Healthcheck"));
    }
    return json;
  }

  /// An index has no configuration.
  private static ObjectNode documentOnly(LocalImage image) {
    return names(image).put("Size", image.size()).put("ManifestType", type(image));
  }

  private static ObjectNode names(LocalImage image) {
    var json =
        Json.object()
            .put("Id", image.id().hex())
            .put("Digest", image.document().digest().toString());
    json.set("RepoTags", strings(image.names()));
    json.set("RepoDigests", strings(image.repoDigests()));
    return json;
  }

  private static String type(LocalImage image) {
    return image.document().mediaType().value();
  }

  private static JsonNode manifest(LocalImage image) {
    return Json.readTree(image.document().bytes(), "manifest");
  }

  private static @Nullable JsonNode labels(ImageConfig config) {
    var labels = config.config().labels();
    return labels.isEmpty() ? null : Json.tree(labels);
  }

  private static JsonNode orEmpty(JsonNode node) {
    return node.isObject() ? node : Json.object();
  }

  private static JsonNode strings(List<String> values) {
    return FieldWriter.array(values);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
