package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `container prune`: removes the containers that do not run.
final class ContainerPruneCommand implements Command {
  private static final String WARNING = "WARNING! This will remove all non running containers.";

  private final Options options = Options.of(this, "Remove containers that do not run.");
  private final BooleanSupplier force = options.flag("-f, --force", "do not ask");
  private final Supplier<List<String>> filters =
      options.texts("--filter", "KEY=VALUE", "those of which this is true");
  private final StoreFlags store;

  ContainerPruneCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (!force.getAsBoolean() && !new Confirmation(options, System.in).ask(WARNING)) {
      return ExitCode.OK;
    }
    var containers = new Containers(store.store());
    containers.sweep();
    var filter = ContainerFilters.parse(filters.get(), Clock.systemUTC(), containers);
    var old =
        containers.list().stream()
            .filter(ContainerState::isAtRest)
            .filter(each -> !each.isInfra())
            .filter(filter)
            .toList();
    for (var container : old) {
      if (containers.guests(container).isEmpty()) {
        containers.remove(container, false);
        options.out().println(container.id());
      }
    }
    return ExitCode.OK;
  }
}
