package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.life.FileChanges;
import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `diff CONTAINER`: what a container has changed in its file system.
final class DiffCommand implements Command {
  private static final Map<String, String> KEYS =
      Map.of("A", "added", "C", "changed", "D", "deleted");

  private final Options options = Options.of(this, "Show what a container has changed.");
  private final Supplier<List<String>> container =
      options.arguments("CONTAINER", 0, "its name or id");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json", "lists of paths instead of lines");
  private final StoreFlags store;

  DiffCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var containers = new Containers(store.store());
    var directory = containers.directory(chosen(containers));
    var lines = FileChanges.of(ContainerFolder.bundle(directory));
    if (format.get().orElse("").equals("json")) {
      options.out().println(GoJson.indented(lists(lines), 5));
    } else {
      lines.forEach(options.out()::println);
    }
    return ExitCode.OK;
  }

  private ContainerState chosen(Containers containers) throws IOException {
    var given = container.get();
    if (given.size() != (latest.getAsBoolean() ? 0 : 1)) {
      throw Values.usage("diff takes the name or id of one container, or --latest");
    }
    return latest.getAsBoolean() ? containers.latest() : containers.find(given.getFirst());
  }

  private static ObjectNode lists(List<String> lines) {
    var lists = new TreeMap<String, ArrayNode>();
    for (var line : lines) {
      lists
          .computeIfAbsent(
              KEYS.get(line.substring(0, 1)), _ -> JsonNodeFactory.instance.arrayNode())
          .add(line.substring(2));
    }
    var json = JsonNodeFactory.instance.objectNode();
    lists.forEach(json::set);
    return json;
  }
}
