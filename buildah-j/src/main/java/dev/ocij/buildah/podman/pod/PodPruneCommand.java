package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.podman.Confirmation;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pods;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/// `pod prune`: removes pods that do not run.
final class PodPruneCommand implements Command {
  private static final String WARNING = "WARNING! This will remove all stopped/exited pods..";
  private static final List<String> LIVE = List.of("Running", "Degraded", "Paused");

  private final Options options = Options.of(this, "Remove pods that do not run.");
  private final BooleanSupplier force = options.flag("-f, --force", "do not ask");
  private final StoreFlags store;

  PodPruneCommand(StoreFlags store) {
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
    var opened = store.store();
    var pods = new Pods(opened);
    var containers = new Containers(opened);
    containers.sweep();
    var life = new PodLife(pods, containers);
    for (var pod : pods.list()) {
      if (!LIVE.contains(life.status(pod))) {
        life.remove(pod, false);
        options.out().println(pod.id());
      }
    }
    return ExitCode.OK;
  }
}
