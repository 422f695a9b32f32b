package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.Supplier;

/// `container exists CONTAINER`: answers 0 or 1, and prints nothing.
final class ContainerExistsCommand implements Command {
  private static final int MISSING = 1;

  private final Options options = Options.of(this, "Tell by the exit status whether it exists.");
  private final Supplier<String> container = options.argument("CONTAINER", "its name or id");
  private final StoreFlags store;

  ContainerExistsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--external", "accepted; there are no others here");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    try {
      new Containers(store.store()).find(container.get());
      return ExitCode.OK;
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return MISSING;
      }
      throw e;
    }
  }
}
