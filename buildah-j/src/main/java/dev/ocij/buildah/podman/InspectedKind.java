package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A kind of things that `inspect` knows: images, volumes and whatever else has names.
public interface InspectedKind {
  /// The word after `--type`.
  String type();

  /// What is told of the thing with this name or id; empty where there is none.
  Optional<JsonNode> find(String name) throws IOException;

  /// What is told of it, with the fields that were left out because they are empty.
  default JsonNode whole(JsonNode told) {
    return told;
  }

  /// The names of all there are, the youngest first; nobody asks for all of some kinds.
  default List<String> all() throws IOException {
    return List.of();
  }

  /// What is told where one is asked for that does not exist.
  String missing(String name);
}
