package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.Supplier;

/// `rename CONTAINER NAME`: gives a container another name.
final class RenameCommand implements Command {
  private final Options options = Options.of(this, "Rename a container.");
  private final Supplier<String> container = options.argument("CONTAINER", "its name or id");
  private final Supplier<String> name = options.argument("NAME", "the new name");
  private final StoreFlags store;

  RenameCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var containers = new Containers(store.store());
    containers.rename(containers.find(container.get()), name.get());
    return ExitCode.OK;
  }
}
