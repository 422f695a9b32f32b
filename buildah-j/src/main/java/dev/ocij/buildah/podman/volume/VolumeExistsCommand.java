package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.run.Volumes;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.Supplier;

/// `volume exists NAME`: ends with 0 where there is such a volume, else with 1.
public final class VolumeExistsCommand implements Command {
  private final Options options =
      Options.of(this, "Tell by the status whether there is such a volume.");
  private final Supplier<String> name = options.argument("NAME", "of a volume");
  private final StoreFlags store;

  public VolumeExistsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var volumes = new Volumes(store.store().volumes());
    return volumes.find(name.get()).isPresent() ? ExitCode.OK : ExitCode.FAILED;
  }
}
