package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Endings;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// `kill CONTAINER…`: sends containers a signal.
final class KillCommand implements Command {
  private final Options options = Options.of(this, "Send a signal to containers.");
  private final ContainerArguments arguments = new ContainerArguments(options);
  private final Supplier<Optional<String>> signal =
      options.text("-s, --signal", "SIGNAL", "by name or number; default: KILL");
  private final StoreFlags store;

  KillCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int number = SignalNumber.parse(signal.get().orElse("KILL"));
    var containers = new Containers(store.store());
    var endings = new Endings(containers);
    return arguments.forEach(
        containers, ContainerState::isActive, container -> endings.kill(container, number));
  }
}
