package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;

/// `pause CONTAINER…` and `unpause`: refused as long as containers are in no control group.
final class PauseCommand implements Command {
  private final Options options;
  private final ContainerArguments arguments;
  private final StoreFlags store;
  private final String verb;

  PauseCommand(String verb, StoreFlags store) {
    this.verb = verb;
    this.store = store;
    options = Options.of(this, "Refused: containers are in no control group of their own.");
    arguments = new ContainerArguments(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return arguments.forEach(new Containers(store.store()), ContainerState::isActive, this::refuse);
  }

  private void refuse(ContainerState container) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "%s container %s: it is in no control group that could be frozen; kill --signal STOP stops"
                .formatted(verb, container.id())
            + " its first process");
  }
}
