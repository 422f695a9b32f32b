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
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `rm CONTAINER…`: removes containers.
final class RmCommand implements Command {
  private static final int MISSING = 1;
  private static final int RUNNING = 2;

  private final Options options = Options.of(this, "Remove containers.");
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
  private final BooleanSupplier all = options.flag("-a, --all", "all containers");
  private final BooleanSupplier force =
      options.flag("-f, --force", "kill those that run; missing ones are no error");
  private final BooleanSupplier ignore = options.flag("-i, --ignore", "missing ones are no error");
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
  public Integer call() throws IOException {
    var containers = new Containers(store.store());
    containers.sweep();
    if (all.getAsBoolean() && !names.get().isEmpty()) {
      throw Values.usage("no arguments are needed with --all");
    }
    if (all.getAsBoolean()) {
      return removeAll(containers);
    }
    if (names.get().isEmpty()) {
      throw Values.usage("you must provide at least one name or id");
    }
    int exit = ExitCode.OK;
    for (var name : names.get()) {
      exit = worse(exit, remove(containers, name));
    }
    return exit;
  }

  private int removeAll(Containers containers) throws IOException {
    int exit = ExitCode.OK;
    for (var container : containers.list()) {
      if (isHeldByPod(container)) {
        continue;
      }
      exit = worse(exit, remove(containers, container, container.id()));
    }
    return exit;
  }

  private int remove(Containers containers, String name) throws IOException {
    try {
      return remove(containers, containers.find(name), name);
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      if (force.getAsBoolean() || ignore.getAsBoolean()) {
        return ExitCode.OK;
      }
      options.err().println("Error: " + e.sentence());
      return MISSING;
    }
  }

  private int remove(Containers containers, ContainerState container, String given)
      throws IOException {
    if (isHeldByPod(container)) {
      throw Values.usage(
          "container %s is the infra container of pod %s and cannot be removed without removing the pod"
              .formatted(container.id(), Objects.requireNonNull(container.settings().pod()).id()));
    }
    try {
      removeGuests(containers, container);
      containers.remove(container, force.getAsBoolean());
      options.out().println(given);
      return ExitCode.OK;
    } catch (RunningContainerException e) {
      options.err().println("Error: " + e.sentence());
      return RUNNING;
    }
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
  private boolean isHeldByPod(ContainerState container) throws IOException {
    var member = container.settings().pod();
    return member != null
        && member.infra()
        && new Pods(store.store()).list().stream().anyMatch(pod -> pod.id().equals(member.id()));
  }

  /// A missing container counts only where nothing else went wrong.
  private static int worse(int before, int now) {
    return Math.max(before, now);
  }
}
