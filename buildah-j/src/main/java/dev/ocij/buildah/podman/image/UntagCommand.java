package dev.ocij.buildah.podman.image;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `untag IMAGE [NAME…]`: takes names from an image, or all; the image stays.
public final class UntagCommand implements Command {
  private final Options options = Options.of(this, "Take names from an image of the store.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final Supplier<List<String>> names =
      options.arguments("NAME", 0, "the names to take; default: all");
  private final StoreFlags store;

  public UntagCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    new LocalImages(store.store()).untag(image.get(), names.get());
    return ExitCode.OK;
  }
}
