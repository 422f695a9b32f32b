package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `port CONTAINER [PORT]`: the published ports.
final class PortCommand implements Command {
  private final Options options = Options.of(this, "List the published ports of a container.");
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 0, "its name or id, then a port of it");
  private final BooleanSupplier all = options.flag("-a, --all", "of all containers");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "of the container that was made last");
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
    var containers = new Containers(store.store());
    if (all.getAsBoolean()) {
      containers
          .list()
          .forEach(each ->
              ports(each)
                  .forEach(port -> options.out().println(each.shortId() + "\t" + line(port))));
      return ExitCode.OK;
    }
    var given = words.get();
    if (latest.getAsBoolean()) {
      of(containers.latest(), given);
    } else if (given.isEmpty()) {
      throw Values.usage("you must supply a running container name or id");
    } else {
      of(containers.find(given.getFirst()), given.subList(1, given.size()));
    }
    return ExitCode.OK;
  }

  private void of(ContainerState container, List<String> ports) {
    if (ports.isEmpty()) {
      ports(container).forEach(port -> options.out().println(line(port)));
    } else {
      one(container, ports.getFirst());
    }
  }

  private void one(ContainerState container, String asked) {
    var wanted = asked.indexOf('/') < 0 ? asked + "/tcp" : asked;
    var found = ports(container).stream().filter(port -> port.inside().equals(wanted)).toList();
    if (found.isEmpty()) {
      throw Values.usage(
          "failed to find published port %s of container %s".formatted(asked, container.id()));
    }
    found.forEach(port -> options.out().println(port.outside()));
  }

  private static List<PublishedPort> ports(ContainerState container) {
    return ContainerNetwork.ports(container.annotations());
  }

  private static String line(PublishedPort port) {
    return port.inside() + " -> " + port.outside();
  }
}
