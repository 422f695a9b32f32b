package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Pauses;
import dev.ocij.buildah.run.ContainerState.Status;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;

/// `pause CONTAINER…` and `unpause`: all processes of containers stand still, and go on.
final class PauseCommand implements Command {
  private final Options options;
  private final ContainerArguments arguments;
  private final StoreFlags store;
  private final boolean still;

  PauseCommand(boolean still, StoreFlags store) {
    this.still = still;
    this.store = store;
    options =
        Options.of(
            this,
            still
                ? "Let all processes of containers stand still."
                : "Let the processes of paused containers go on.");
    arguments = new ContainerArguments(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var pauses = new Pauses(containers);
    return arguments.forEach(
        containers,
        each -> each.status() == (still ? Status.RUNNING : Status.PAUSED),
        still ? pauses::pause : pauses::unpause);
  }
}
