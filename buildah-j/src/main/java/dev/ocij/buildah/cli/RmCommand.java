package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `rm CONTAINER…`: removes working containers.
public final class RmCommand implements Command {
  private final Options options =
      Options.of(this, "Remove working containers.").stoppingAtFirstArgument();
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
  private final BooleanSupplier all = options.flag("-a, --all", "all of them");
  private final StoreFlags store;

  public RmCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var containers = new WorkingContainers(store.store());
    containers.sweep();
    var failures = new ArrayList<OciException>();
    for (var name : names(containers)) {
      try {
        var container = find(containers, name);
        containers.remove(container);
        options.out().println(container.id());
      } catch (OciException e) {
        failures.add(e);
      }
    }
    new LocalImages(store.store()).sweep();
    if (!failures.isEmpty()) {
      failures.subList(0, failures.size() - 1).forEach(e -> options.err().println(e.sentence()));
      throw failures.getLast();
    }
    return ExitCode.OK;
  }

  private List<String> names(WorkingContainers containers) throws IOException {
    var given = OrderedArguments.of(names.get());
    if (all.getAsBoolean() && !given.isEmpty()) {
      throw OrderedArguments.usage(
          "when using the --all switch, you may not pass any containers names or IDs");
    }
    if (!all.getAsBoolean() && given.isEmpty()) {
      throw OrderedArguments.usage("container ID must be specified");
    }
    return all.getAsBoolean()
        ? containers.list().stream().map(WorkingContainer::id).toList()
        : given;
  }

  private static WorkingContainer find(WorkingContainers containers, String name)
      throws IOException {
    try {
      return containers.find(name);
    } catch (OciException e) {
      throw new OciException(
          e.category(), "removing container %s: container not known".formatted(Quoted.of(name)), e);
    }
  }
}
