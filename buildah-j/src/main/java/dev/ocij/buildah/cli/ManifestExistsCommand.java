package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest exists LIST`: ends with 0 where there is such a list, else with 1.
public final class ManifestExistsCommand implements Command {
  private final Options options =
      Options.of(this, "Tell by the status whether there is such a list.")
          .stoppingAtFirstArgument();
  private final Supplier<List<String>> words = options.arguments("LIST", 0, "its name");
  private final StoreFlags store;

  public ManifestExistsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    boolean exists =
        new ManifestLists(store.store())
            .exists(OrderedArguments.only(OrderedArguments.atLeast(1, words.get())));
    return exists ? ExitCode.OK : ExitCode.FAILED;
  }
}
