package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.HealthProbe;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `healthcheck run CONTAINER`: asks once whether a container is well.
final class HealthcheckRunCommand implements Command {
  private static final int UNWELL = 1;

  private final Options options = Options.of(this, "Ask once whether a container is well.");
  private final Supplier<List<String>> name =
      options.arguments("CONTAINER", 1, "its name or id, or the beginning of its id");
  private final StoreFlags store;

  HealthcheckRunCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var container = containers.find(name.get().getFirst());
    var plan = container.settings().health();
    if (plan == null) {
      throw Values.usage("container %s has no defined healthcheck".formatted(container.id()));
    }
    if (!container.isActive()) {
      throw Values.usage("container %s is not running".formatted(container.id()));
    }
    var result = new HealthProbe(containers).run(container, plan);
    if (!result.passed()) {
      options.out().println(result.health().status());
    }
    return result.passed() ? ExitCode.OK : UNWELL;
  }
}
