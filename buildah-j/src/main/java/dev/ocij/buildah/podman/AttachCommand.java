package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Attachment;
import dev.ocij.buildah.life.DetachKeys;
import dev.ocij.buildah.life.Starts;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `attach CONTAINER`: the caller's streams in place of those of a container that runs.
final class AttachCommand implements Command {
  private final Options options = Options.of(this, "Attach to a container that runs.");
  private final ContainerArguments arguments = new ContainerArguments(options);
  private final BooleanSupplier noInput = options.flag("--no-stdin", "show only");
  private final Supplier<Optional<Boolean>> signals =
      options.choice("--sig-proxy", "pass on signals; default: true");
  private final Supplier<Optional<String>> keys =
      options.text("--detach-keys", "KEYS", "leave the container by these");
  private final StoreFlags store;

  AttachCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var containers = new Containers(store.store());
    var container = arguments.single(containers);
    if (!container.isActive()) {
      throw Values.usage("you can only attach to running containers");
    }
    var wish =
        new Attachment.Wish(
            !noInput.getAsBoolean() && container.settings().interactive(),
            signals.get().orElse(true),
            container.settings().terminal(),
            true,
            keys.get().map(DetachKeys::parse).orElseGet(DetachKeys::usual));
    return new Starts(containers).join(container, wish).orElse(ExitCode.OK);
  }
}
