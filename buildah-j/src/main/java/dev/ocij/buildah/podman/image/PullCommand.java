package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.cli.ImagePull;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `pull IMAGE…`: brings images into the local store, and prints their ids.
public final class PullCommand implements Command {
  private final Options options = Options.of(this, "Bring images into the local store.");
  private final Supplier<List<String>> images =
      options.arguments("IMAGE", 1, "a name, or transport:reference");
  private final ImagePull pull;

  public PullCommand(StoreFlags store) {
    this.pull = new ImagePull(options, store, "always");
    options.flag("--disable-content-trust", "accepted; it means nothing here");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    for (var image : images.get()) {
      pull.pull(image);
      options.out().flush();
    }
    return ExitCode.OK;
  }
}
