package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Attachment;
import dev.ocij.buildah.life.DetachKeys;
import dev.ocij.buildah.life.Starts;
import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `start CONTAINER…`: starts containers that were made before.
final class StartCommand implements Command {
  private final Options options = Options.of(this, "Start containers.");
  private final BooleanSupplier attach =
      options.flag("-a, --attach", "show what it shows, and answer its exit status");
  private final BooleanSupplier interactive =
      options.flag("-i, --interactive", "pass on standard input");
  private final Supplier<Optional<Boolean>> signals =
      options.choice("--sig-proxy", "pass on signals; default: true");
  private final Supplier<Optional<String>> keys =
      options.text("--detach-keys", "KEYS", "leave the container by these");
  private final ContainerArguments arguments = new ContainerArguments(options, "--all", "--ignore");
  private final StoreFlags store;

  StartCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    containers.sweep();
    var starts = new Starts(containers);
    if (attach.getAsBoolean() || interactive.getAsBoolean()) {
      return attached(starts, arguments.single(containers));
    }
    return arguments.forEach(
        containers, ContainerState::isAtRest, container -> behind(starts, container));
  }

  private static void behind(Starts starts, ContainerState container) throws IOException {
    var folder = starts.take(container);
    if (folder.isPresent()) {
      try {
        starts.behind(folder.get());
      } catch (OciException e) {
        throw e.during("unable to start container \"%s\"".formatted(container.id()));
      }
    }
  }

  private int attached(Starts starts, ContainerState container) throws IOException {
    var wish =
        new Attachment.Wish(
            interactive.getAsBoolean() && container.settings().interactive(),
            signals.get().orElse(true),
            container.settings().terminal(),
            true,
            keys.get().map(DetachKeys::parse).orElseGet(DetachKeys::usual));
    Optional<ContainerFolder> folder = starts.take(container);
    return folder.isPresent()
        ? starts.attached(folder.get(), wish).orElse(ExitCode.OK)
        : starts.join(container, wish).orElse(ExitCode.OK);
  }
}
