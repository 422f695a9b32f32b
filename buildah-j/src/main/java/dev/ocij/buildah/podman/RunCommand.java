package dev.ocij.buildah.podman;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.cli.Toolbox;
import dev.ocij.buildah.run.ContainerRun;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.copy.Progress;
import dev.ocij.name.Location;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `run [OPTIONS] IMAGE [COMMAND…]`: a container in the foreground.
final class RunCommand implements Command {
  private final Options options =
      Options.of(this, "Run a command in a new container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("IMAGE", 1, "the image, then the command and its arguments");
  private final ProcessFlags process = new ProcessFlags(options);
  private final MountFlags mounts = new MountFlags(options);
  private final SecurityFlags security = new SecurityFlags(options);
  private final DeviceFlags devices = new DeviceFlags(options);
  private final NetworkFlags network = new NetworkFlags(options);
  private final NameFlags names = new NameFlags(options);
  private final IdentityFlags identity = new IdentityFlags(options);
  private final LimitFlags limits = new LimitFlags(options);
  private final OtherFlags others = new OtherFlags(options);
  private final PlatformFlags platform = new PlatformFlags(options);
  private final Supplier<Optional<String>> pull =
      options.text("--pull", "always|missing|never|newer", "when to fetch the image");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "do not tell about fetching");
  private final BooleanSupplier rootfs =
      options.flag("--rootfs", "the first argument is a directory, not an image");
  private final Supplier<Optional<String>> runtime;
  private final Toolbox tools;

  RunCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    this.tools = new Toolbox(options, store);
    this.runtime = runtime;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    others.refuse();
    limits.check();
    var request = request();
    warnWithoutTerminal(request);
    try (var images = images(request)) {
      int status = new ContainerRun(tools.store(), images).run(request);
      if (request.identity().removeImage()) {
        var location = new Location("containers-storage", request.source());
        tools.transports().of(location).delete(location.rest());
      }
      return status;
    }
  }

  private RunRequest request() throws IOException {
    var all = words.get();
    return new RunRequest(
        all.getFirst(),
        rootfs.getAsBoolean(),
        process.entrypoint(),
        all.subList(1, all.size()),
        Pull.parse(pull.get().orElse("missing")),
        platform.platform(),
        identity.identity(),
        container(),
        process.mergedEnvironment(),
        mounts.volumes(),
        mounts.imageVolumes(),
        names.names(security.sharesHostname(), network.isPrivate()),
        process.accounting(),
        process.attachment(),
        runtime.get().orElse(null));
  }

  private ContainerRequest container() throws IOException {
    var request =
        ContainerRequest.of(List.of())
            .with(draft -> {
              process.apply(draft);
              mounts.apply(draft);
              security.apply(draft);
              devices.apply(draft);
              draft.annotations = identity.annotations();
            });
    return network.apply(request, tools.store());
  }

  private BaseImages images(RunRequest request) {
    var err = options.err();
    return new BaseImages(
        tools.transports(),
        tools.policy(),
        request.platform(),
        request.pull(),
        quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(err),
        name -> {
          if (!quiet.getAsBoolean()) {
            err.println("Trying to pull " + name + "...");
            err.flush();
          }
        });
  }

  private void warnWithoutTerminal(RunRequest request) {
    if (request.container().terminal()
        && request.attachment().in()
        && !dev.ocij.runtime.rootless.HostTerminal.isPresent()) {
      options
          .err()
          .println(
              "the input device is not a terminal; --tty and --interactive might not work"
                  + " together");
      options.err().flush();
    }
  }
}
