package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.ConfigEdits;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `config CONTAINER`: changes what the image of a working container would be.
public final class ConfigCommand implements Command {
  private final Options options =
      Options.of(this, "Change the configuration of a working container.")
          .stoppingAtFirstArgument();
  private final Supplier<List<String>> container =
      options.arguments("CONTAINER", 0, "a name, or the beginning of an id");
  private final ConfigFlags flags = new ConfigFlags(options);
  private final HistoryFlag history = new HistoryFlag(options);
  private final StoreFlags store;

  public ConfigCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var name = OrderedArguments.only(container.get());
    try (var open = new WorkingContainers(store.store()).open(name)) {
      ConfigEdits.apply(open, flags.edits(System.getenv()), history.isOn());
      return ExitCode.OK;
    }
  }
}
