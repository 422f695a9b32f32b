package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/// `prune`: removes the images that have no name, and what builds remember.
public final class PruneCommand implements Command {
  private final Options options = Options.of(this, "Remove images without a name.");
  private final BooleanSupplier all = options.flag("-a, --all", "remove all images");
  private final StoreFlags store;

  public PruneCommand(StoreFlags store) {
    options.flag("-f, --force", "accepted; nothing is asked");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var images = new LocalImages(store.store());
    for (var image : images.list()) {
      if (all.getAsBoolean() || image.isDangling()) {
        images.remove(image);
        options.out().println(image.id().hex());
      }
    }
    images.sweep();
    return ExitCode.OK;
  }
}
