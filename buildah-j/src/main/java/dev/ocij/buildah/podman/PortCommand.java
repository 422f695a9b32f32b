package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `port CONTAINER [PORT]`: the published ports, of which there are none: containers share the
/// host's network, or have none.
final class PortCommand implements Command {
  private final Options options = Options.of(this, "List the published ports of a container.");
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 0, "its name or id, then a port of it");
  private final BooleanSupplier all = options.flag("-a, --all", "of all containers");
  private final StoreFlags store;

  PortCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (all.getAsBoolean()) {
      return ExitCode.OK;
    }
    if (words.get().isEmpty()) {
      throw Values.usage("you must supply a running container name or id");
    }
    var container = new Containers(store.store()).find(words.get().getFirst());
    if (words.get().size() > 1) {
      throw Values.usage(
          "failed to find published port %s of container %s"
              .formatted(words.get().get(1), container.id()));
    }
    return ExitCode.OK;
  }
}
