package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.Confirmation;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `image prune`: removes images that have no name, or all that no container is made of.
public final class ImagePruneCommand implements Command {
  private final Options options = Options.of(this, "Remove images that nobody uses.");
  private final BooleanSupplier all =
      options.flag("-a, --all", "all that no container is made of, with or without a name");
  private final BooleanSupplier force = options.flag("-f, --force", "ask nothing");
  private final Supplier<List<String>> filters =
      options.texts("--filter", "until=TIME|label=LABEL", "only such images");
  private final StoreFlags store;

  public ImagePruneCommand(StoreFlags store) {
    options.flag("--build-cache", "accepted; buildah-j prune removes what builds remember");
    options.flag("--external", "accepted; working containers of buildah-j keep their images");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (force.getAsBoolean() || new Confirmation(options, System.in).ask(warning())) {
      new ImagePrune(store.store(), all.getAsBoolean(), filters.get())
          .prune()
          .forEach(options.out()::println);
      new LocalImages(store.store()).sweep();
    }
    return ExitCode.OK;
  }

  private String warning() {
    return all.getAsBoolean()
        ? "WARNING! This command removes all images without at least one container associated with"
            + " them."
        : "WARNING! This command removes all dangling images.";
  }
}
