package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.podman.Confirmation;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `volume prune`: removes the volumes that no container uses.
public final class VolumePruneCommand implements Command {
  private final Options options = Options.of(this, "Remove volumes that no container uses.");
  private final BooleanSupplier force = options.flag("-f, --force", "ask nothing");
  private final Supplier<List<String>> filters =
      options.texts("--filter", "KEY=VALUE", "only such volumes");
  private final StoreFlags store;

  public VolumePruneCommand(StoreFlags store) {
    this.store = store;
    options.flag("-a, --all", "accepted; volumes with names go too in any case");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var prune = new VolumePrune(store.store(), filters.get());
    if (force.getAsBoolean() || new Confirmation(options, System.in).ask(warning(prune))) {
      prune.prune().forEach(options.out()::println);
    }
    return ExitCode.OK;
  }

  private static String warning(VolumePrune prune) throws IOException {
    return "WARNING! This will remove all volumes not used by at least one container."
        + " The following volumes will be removed:\n"
        + String.join("\n", prune.candidates());
  }
}
