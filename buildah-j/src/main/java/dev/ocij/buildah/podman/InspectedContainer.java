package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Containers as `inspect` tells of them.
final class InspectedContainer implements InspectedKind {
  private final Supplier<Store> store;

  InspectedContainer(Supplier<Store> store) {
    this.store = store;
  }

  @Override
  public String type() {
    return "container";
  }

  @Override
  public Optional<JsonNode> find(String name) throws IOException {
    var containers = new Containers(store.get());
    try {
      var container = containers.find(name);
      var directory = containers.directory(container);
      return Optional.of(
          new ContainerInspection(container, directory, ContainerFolder.config(directory)).json());
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<String> all() throws IOException {
    return new Containers(store.get()).list().stream().map(ContainerState::id).toList();
  }

  @Override
  public JsonNode whole(JsonNode told) {
    ObjectNode all = told.deepCopy();
    var config = all.withObjectProperty("Config");
    config.putIfAbsent("Healthcheck", config.nullNode());
    config.putIfAbsent("ExposedPorts", config.objectNode());
    var health = all.objectNode().put("Status", "").put("FailingStreak", 0);
    health.putArray("Log");
    all.withObjectProperty("State").putIfAbsent("Health", health);
    return all;
  }

  @Override
  public String missing(String name) {
    return "no such container \"%s\"".formatted(Quoted.escape(name));
  }
}
