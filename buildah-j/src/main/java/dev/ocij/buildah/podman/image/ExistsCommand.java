package dev.ocij.buildah.podman.image;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.function.Supplier;

/// `image exists IMAGE`: ends with 0 where there is such an image, else with 1.
public final class ExistsCommand implements Command {
  private final Options options =
      Options.of(this, "Tell by the status whether there is such an image.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final StoreFlags store;

  public ExistsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    boolean exists = new LocalImages(store.store()).search(image.get()).isPresent();
    return exists ? ExitCode.OK : ExitCode.FAILED;
  }
}
