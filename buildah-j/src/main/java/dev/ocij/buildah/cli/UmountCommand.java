package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.MountedTree;
import dev.ocij.buildah.container.OpenContainer;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `umount CONTAINER…`: ends the mounts of working containers.
public final class UmountCommand implements Command {
  private final Options options =
      Options.of(this, "End the mounts of working containers.").stoppingAtFirstArgument();
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
  private final BooleanSupplier all = options.flag("-a, --all", "all that are mounted");
  private final StoreFlags store;

  public UmountCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var containers = new WorkingContainers(store.store());
    for (var name : names(containers)) {
      try (var container = open(containers, name)) {
        boolean mounted = new MountedTree(container).unmount();
        if (mounted || !all.getAsBoolean()) {
          options.out().println(container.state().id());
        }
      }
    }
    return ExitCode.OK;
  }

  private static OpenContainer open(WorkingContainers containers, String name) throws IOException {
    try {
      return containers.open(name);
    } catch (OciException e) {
      throw new OciException(
          e.category(), "error unmounting container %s: container not known".formatted(name), e);
    }
  }

  private List<String> names(WorkingContainers containers) throws IOException {
    var given = OrderedArguments.of(names.get());
    if (all.getAsBoolean() && !given.isEmpty()) {
      throw OrderedArguments.usage(
          "when using the --all switch, you may not pass any container IDs");
    }
    if (!all.getAsBoolean() && given.isEmpty()) {
      throw OrderedArguments.usage("at least one container ID must be specified");
    }
    return all.getAsBoolean()
        ? containers.list().stream()
            .filter(WorkingContainer::mounted)
            .map(WorkingContainer::id)
            .toList()
        : given;
  }
}
