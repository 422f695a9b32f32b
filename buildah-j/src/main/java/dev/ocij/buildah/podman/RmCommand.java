package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pods;
import dev.ocij.buildah.run.RunningContainerException;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// `rm CONTAINER…`: removes containers.
final class RmCommand implements Command {
  private static final int MISSING = 1;
  private static final int RUNNING = 2;

  private final Options options = Options.of(this, "Remove containers.");
  private final ContainerArguments arguments =
      new ContainerArguments(options, "-a, --all", "-i, --ignore", "--filter");
  private final BooleanSupplier force =
      options.flag("-f, --force", "kill those that run; missing ones are no error");
  private final BooleanSupplier depend =
      options.flag("--depend", "those that share its namespaces first");
  private final StoreFlags store;

  RmCommand(StoreFlags store) {
    this.store = store;
    options.flag("-v, --volumes", "anonymous volumes too, which is so in any case");
    options.text("-t, --time", "SECONDS", "accepted; a container is killed at once");
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
        container -> !isHeldByPod(container),
        container -> remove(containers, container),
        this::status);
  }

  private int status(OciException failure) {
    if (failure.category() == OciException.Category.NOT_FOUND) {
      return force.getAsBoolean() ? ExitCode.OK : MISSING;
    }
    return failure instanceof RunningContainerException ? RUNNING : ExitCode.TOOL_FAILED;
  }

  private void remove(Containers containers, ContainerState container) throws IOException {
    if (isHeldByPod(container)) {
      throw Values.usage(
          "container %s is the infra container of pod %s and cannot be removed without removing the pod"
              .formatted(container.id(), Objects.requireNonNull(container.settings().pod()).id()));
    }
    removeGuests(containers, container);
    containers.remove(container, force.getAsBoolean());
  }

  private void removeGuests(Containers containers, ContainerState container) throws IOException {
    if (depend.getAsBoolean()) {
      for (var guest : containers.guests(container)) {
        removeGuests(containers, guest);
        containers.remove(guest, force.getAsBoolean());
        options.out().println(guest.id());
      }
    }
  }

  /// An infra container whose pod is gone is one like others.
  private boolean isHeldByPod(ContainerState container) {
    var member = container.settings().pod();
    try {
      return member != null
          && member.infra()
          && new Pods(store.store()).list().stream().anyMatch(pod -> pod.id().equals(member.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
