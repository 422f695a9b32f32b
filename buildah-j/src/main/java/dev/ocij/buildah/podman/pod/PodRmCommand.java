package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/// `pod rm POD…`: removes pods with their containers.
final class PodRmCommand implements Command {
  private static final int MISSING = 1;

  private final Options options = Options.of(this, "Remove pods with their containers.");
  private final PodArguments arguments = new PodArguments(options);
  private final BooleanSupplier force = options.flag("-f, --force", "kill those that run");
  private final StoreFlags store;

  PodRmCommand(StoreFlags store) {
    this.store = store;
    options.text("-t, --time", "SECONDS", "accepted; a container is killed at once");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var opened = store.store();
    var pods = new Pods(opened);
    var containers = new Containers(opened);
    containers.sweep();
    var life = new PodLife(pods, containers);
    var failures =
        arguments
            .forEach(
                pods,
                (pod, _) -> {
                  life.remove(pod, force.getAsBoolean());
                  options.out().println(pod.id());
                })
            .all();
    if (failures.isEmpty()) {
      return ExitCode.OK;
    }
    return failures.stream().allMatch(e -> e.category() == OciException.Category.NOT_FOUND)
        ? MISSING
        : ExitCode.TOOL_FAILED;
  }
}
