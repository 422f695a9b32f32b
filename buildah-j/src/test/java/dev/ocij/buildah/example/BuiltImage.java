package dev.ocij.buildah.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/// An image in a folder as `dir:` writes it, read without the code that is tested.
record BuiltImage(Path folder) {
  private static final int GZIP_MAGIC = 0x1f;

  JsonNode manifest() throws IOException {
    return json("manifest.json");
  }

  /// The whole configuration.
  JsonNode configuration() throws IOException {
    return json(hex(manifest().path("config")));
  }

  /// What containers are started with, without what names the builder and what says nothing:
  /// Debian's buildah writes Docker's configurations with all their keys, and the working
  /// container's id as `Hostname`.
  ObjectNode container() throws IOException {
    ObjectNode container = Json.object();
    for (var field : configuration().path("config").properties()) {
      if (!isEmpty(field.getValue())) {
        container.set(field.getKey(), field.getValue());
      }
    }
    container.remove("Hostname");
    if (container.path("Labels") instanceof ObjectNode labels) {
      labels.remove("io.buildah.version");
      if (labels.isEmpty()) {
        container.remove("Labels");
      }
    }
    return container;
  }

  /// What the image says of itself.
  Map<String, JsonNode> described() throws IOException {
    var described = new TreeMap<String, JsonNode>();
    for (var name : List.of("architecture", "variant", "os", "author")) {
      described.put(name, configuration().path(name));
    }
    described.put("manifest", manifest().path("mediaType"));
    for (var name : List.of("digest", "name")) {
      var key = "org.opencontainers.image.base." + name;
      described.put(key, manifest().path("annotations").path(key));
    }
    return described;
  }

  /// The instructions of the history, base first.
  List<String> history() throws IOException {
    return StreamSupport.stream(configuration().path("history").spliterator(), false)
        .map(entry -> entry.path("created_by").asText())
        .toList();
  }

  /// The root file system that all layers make.
  MergedFiles files() throws IOException {
    var files = new MergedFiles();
    for (var layer : manifest().path("layers")) {
      try (var tar = plain(Files.newInputStream(folder.resolve(hex(layer))))) {
        files.apply(tar);
      }
    }
    return files;
  }

  private JsonNode json(String file) throws IOException {
    return Json.readTree(Files.readAllBytes(folder.resolve(file)), file);
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || value.equals(BooleanNode.FALSE)
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private static String hex(JsonNode descriptor) {
    return descriptor.path("digest").asText().replaceFirst("^sha256:", "");
  }

  private static InputStream plain(InputStream stored) throws IOException {
    var in = new BufferedInputStream(stored);
    in.mark(1);
    int first = in.read();
    in.reset();
    return first == GZIP_MAGIC ? new GZIPInputStream(in) : in;
  }
}
