package dev.ocij.buildah.life;

import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.layer.Entry;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The image that a container has become: that which it was made of, what it has written, and what
/// it was asked to run. It may run meanwhile.
///
/// @param change of the configuration, after all else
/// @param comment null for none
/// @param squash whether it has one layer
public record CommittedImage(
    Store store,
    UnaryOperator<ImageConfig> change,
    @Nullable String author,
    @Nullable String comment,
    boolean squash) {
  /// What every container has, whoever asked for what.
  private static final Set<String> IMPLIED = Set.of("HOME", "HOSTNAME", "TERM", "container");

  /// @param base what the container was made of
  public StageImage of(ContainerState container, StageImage base) throws IOException {
    var layers = new StageLayers(store.images().blobs());
    var now = Instant.now();
    var own = layer(container, base, layers);
    var image = base.withBase(container.image(), digest(container));
    var history =
        new History(now, String.join(" ", container.command()), author, comment, own.isEmpty());
    var config = change.apply(config(container, base.config())).withCreated(now);
    var committed =
        own.isPresent()
            ? image.withLayer(own.get(), config, history)
            : image.withConfig(config, history);
    return squash ? committed.squashed(layers.squash(committed.layers())) : committed;
  }

  private static String digest(ContainerState container) {
    var digest = container.settings().imageDigest();
    return digest == null ? "" : digest;
  }

  private Optional<StageLayer> layer(ContainerState container, StageImage base, StageLayers layers)
      throws IOException {
    var containers = new Containers(store);
    var bundle = ContainerFolder.bundle(containers.directory(container));
    var overlay =
        bundle
            .overlay()
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.UNSUPPORTED,
                    "commit a container that has no overlay: its files were copied, or are a folder"
                        + " of yours"));
    var mounted = bundle.config().mounts().stream().map(Mount::destination).toList();
    UnaryOperator<Entry> owners = new Owners(containers).inside(container);
    return new RunOverlays(store, Isolation.probe())
        .layer(overlay.upper(), layers, base.layers(), mounted, owners);
  }

  private ImageConfig config(ContainerState container, ImageConfig base) throws IOException {
    var directory = new Containers(store).directory(container);
    var process = ContainerFolder.config(directory).process();
    var changed = base.withConfig(config(container, process, base.config()));
    return author == null ? changed : changed.withAuthor(author);
  }

  private static ContainerConfig config(
      ContainerState container, ContainerProcess process, ContainerConfig image) {
    var entrypoint = container.settings().entrypoint();
    return image.with(draft -> {
      for (var variable : process.env()) {
        var parts = variable.split("=", 2);
        if (!IMPLIED.contains(parts[0])) {
          draft.setEnv(parts[0], parts[1]);
        }
      }
      var user = process.user();
      if (image.user() == null && user.uid() != 0) {
        draft.user = user.uid() + ":" + user.gid();
      }
      draft.entrypoint = entrypoint;
      draft.cmd = behind(entrypoint, container.command());
      draft.labels.putAll(container.labels());
      draft.stopSignal =
          container.stopSignal().equals("SIGTERM") ? image.stopSignal() : container.stopSignal();
      draft.workingDir =
          image.workingDir() == null && process.cwd().equals("/") ? null : process.cwd();
    });
  }

  private static List<String> behind(List<String> entrypoint, List<String> command) {
    int length = entrypoint.size();
    return command.size() >= length && command.subList(0, length).equals(entrypoint)
        ? command.subList(length, command.size())
        : command;
  }
}
