package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `rename CONTAINER NAME`: gives a working container another name.
public final class RenameCommand implements Command {
  private final Options options = Options.of(this, "Give a working container another name.");
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER NAME", 0, "which one, and its new name");
  private final StoreFlags store;

  public RenameCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = names.get();
    if (given.size() != 2) {
      throw OrderedArguments.usage("accepts 2 arg(s), received " + given.size());
    }
    new WorkingContainers(store.store()).rename(given.getFirst(), given.getLast());
    return ExitCode.OK;
  }
}
