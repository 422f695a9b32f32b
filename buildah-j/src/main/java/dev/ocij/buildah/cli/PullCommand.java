package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `pull IMAGE`: brings an image into the local store.
public final class PullCommand implements Command {
  private final Options options =
      Options.of(this, "Bring an image into the local store.").stoppingAtFirstArgument();
  private final Supplier<List<String>> image =
      options.arguments("IMAGE", 0, "a name, or transport:reference");
  private final ImagePull pull;

  public PullCommand(StoreFlags store) {
    this.pull = new ImagePull(options, store, "missing");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    pull.pull(OrderedArguments.only(image.get(), "an image name must be specified"));
    return ExitCode.OK;
  }
}
