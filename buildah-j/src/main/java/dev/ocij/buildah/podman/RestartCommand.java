package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Endings;
import dev.ocij.buildah.life.Starts;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `restart CONTAINER…`: stops containers that run, and starts them.
final class RestartCommand implements Command {
  private final Options options = Options.of(this, "Stop containers and start them.");
  private final ContainerArguments arguments = new ContainerArguments(options);
  private final Supplier<Optional<String>> time =
      options.text("-t, --time", "SECONDS", "until it is killed; -1 for ever");
  private final BooleanSupplier running =
      options.flag("--running", "only those that run, where --all is given");
  private final StoreFlags store;

  RestartCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    containers.sweep();
    return arguments.forEach(
        containers,
        container -> !running.getAsBoolean() || container.isActive(),
        container -> restart(containers, container));
  }

  private void restart(Containers containers, ContainerState container)
      throws IOException, InterruptedException {
    int seconds =
        time.get().map(text -> Values.number(text, "stop timeout")).orElse(container.stopTimeout());
    var starts = new Starts(containers);
    new Endings(containers).stop(container, seconds, _ -> {});
    var folder = starts.take(container);
    if (folder.isPresent()) {
      starts.behind(folder.get());
    }
  }
}
