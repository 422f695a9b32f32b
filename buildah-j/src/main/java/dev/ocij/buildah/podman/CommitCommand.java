package dev.ocij.buildah.podman;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.Delivery;
import dev.ocij.buildah.cli.LocalNames;
import dev.ocij.buildah.cli.Toolbox;
import dev.ocij.buildah.container.ChangedConfig;
import dev.ocij.buildah.life.CommittedImage;
import dev.ocij.buildah.life.Pauses;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.name.Location;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `commit CONTAINER [IMAGE]`: makes an image of what a container has become.
final class CommitCommand implements Command {
  private final Options options = Options.of(this, "Make an image of a container.");
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 1, "its name or id, then a name for the image");
  private final Supplier<Optional<String>> author =
      options.text("-a, --author", "NAME", "who made the image");
  private final Supplier<List<String>> changes =
      options.texts("-c, --change", "INSTRUCTION", "change the configuration at last");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "oci|docker", "of the image; default: oci");
  private final Supplier<Optional<String>> idFile =
      options.text("--iidfile", "PATH", "write the image's id here");
  private final Supplier<Optional<String>> message =
      options.text("-m, --message", "TEXT", "what its history says");
  private final Supplier<Optional<Boolean>> pause =
      options.choice("-p, --pause", "let the container stand still meanwhile");
  private final BooleanSupplier squash = options.flag("-s, --squash", "make one layer of all");
  private final BooleanSupplier volumes =
      options.flag("--include-volumes", "the volumes of the container are named in the image");
  private final Toolbox tools;

  CommitCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
    options.flag("-q, --quiet", "accepted; no progress is told");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (words.get().size() > 2) {
      throw Values.usage("too many arguments specified");
    }
    var containers = new Containers(tools.store());
    var container = containers.find(words.get().getFirst());
    boolean still =
        pause.get().orElse(false) && container.status() == ContainerState.Status.RUNNING;
    if (still) {
      new Pauses(containers).pause(container);
    }
    try {
      tell(commit(container));
    } finally {
      if (still) {
        new Pauses(containers).unpause(containers.find(container.id()));
      }
    }
    return ExitCode.OK;
  }

  private Digest commit(ContainerState container) throws IOException {
    var mounted = mounted(container);
    var wish =
        new CommittedImage(
            tools.store(),
            config -> ChangedConfig.by(changes.get(), withVolumes(config, mounted)),
            author.get().orElse(null),
            message.get().orElse(null),
            squash.getAsBoolean());
    try (var images = images()) {
      var committed = wish.of(container, base(images, container));
      var image = committed.toImage(MediaType.OCI_MANIFEST);
      var fit = Fit.AS_IT_IS.withDocker(isDocker());
      new Delivery(tools.transports(), Progress.SILENT, fit, List.of()).deliver(image, target());
      return image.manifest().config().digest();
    }
  }

  private List<Mount> mounted(ContainerState container) throws IOException {
    return volumes.getAsBoolean()
        ? CallerMounts.of(new Containers(tools.store()), container).all()
        : List.of();
  }

  private static ImageConfig withVolumes(ImageConfig config, List<Mount> mounted) {
    return config.withConfig(
        config
            .config()
            .with(draft ->
                mounted.forEach(mount -> draft.volumes.put(mount.destination(), Map.of()))));
  }

  /// The image that the container was made of: in the store, or where it came from.
  private static StageImage base(BaseImages images, ContainerState container) throws IOException {
    var id = container.imageId();
    if (id == null) {
      return StageImage.scratch(Platform.host());
    }
    var found = stored(images, id);
    var base = found.isPresent() ? found.get() : images.open(container.image());
    if (!base.id().hex().equals(id)) {
      throw Values.usage(
          "commit container %s: its image %s is not in the store, and its name leads to another"
              .formatted(container.name(), id.substring(0, 12)));
    }
    return base.image();
  }

  private static Optional<BaseImage> stored(BaseImages images, String id) throws IOException {
    try {
      return Optional.of(images.open(id));
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private BaseImages images() {
    return new BaseImages(
        tools.transports(),
        tools.policy(),
        Platform.host(),
        Pull.parse("never"),
        Progress.SILENT,
        _ -> {});
  }

  private boolean isDocker() {
    return switch (format.get().orElse("oci")) {
      case "oci" -> false;
      case "docker" -> true;
      default ->
          throw Values.usage(
              "unrecognized image format \"%s\": expected oci or docker"
                  .formatted(format.get().get()));
    };
  }

  private Location target() {
    return LocalTransport.location(
        words.get().size() < 2 ? "" : LocalNames.complete(words.get().getLast()));
  }

  private void tell(Digest id) {
    if (idFile.get().isPresent()) {
      LocalFile.write(idFile.get().get(), id.toString().getBytes(StandardCharsets.US_ASCII));
    }
    options.out().println(id.hex());
  }
}
