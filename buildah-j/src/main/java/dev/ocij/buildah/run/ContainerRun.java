package dev.ocij.buildah.run;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.name.Reference;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The run flow, from a request to the exit status of its program.
///
/// @param images where images come from, of the platform and by the policy of the request
public record ContainerRun(Store store, BaseImages images) {

  /// Runs a container in the foreground. Afterwards it is gone or remembered, as was asked for;
  /// dead ones of earlier commands are finished first.
  ///
  /// @return the status of the program, or 128 and the number of the signal that ended it
  /// @throws dev.ocij.runtime.rootless.StartException where the program did not begin
  public int run(RunRequest request) throws IOException, InterruptedException {
    var isolation = Isolation.probe();
    isolation.require();
    var containers = new Containers(store);
    containers.sweep();
    var image = request.folder() ? null : images.open(request.source());
    var imageName = image == null ? request.source() : fullName(request.source());
    try (var folder =
        containers.create(
            request.identity().name(),
            request.identity().replace(),
            name -> state(request, imageName, name, image))) {
      boolean kept = false;
      try {
        writeId(request.identity().idFile(), folder.state().id());
        int status = start(request, isolation, image, folder);
        if (!request.identity().remove()) {
          folder.write(folder.state().ended(status, Instant.now()));
          kept = true;
        }
        return status;
      } finally {
        if (!kept) {
          containers.discard(folder);
        }
      }
    }
  }

  private int start(
      RunRequest request, Isolation isolation, @Nullable BaseImage image, ContainerFolder folder)
      throws IOException, InterruptedException {
    var overlays = new RunOverlays(store, isolation);
    var layers =
        image == null ? List.<dev.ocij.buildah.overlay.StageLayer>of() : image.image().layers();
    var tree = tree(request, overlays, layers, folder);
    var config = image == null ? ContainerConfig.EMPTY : image.image().config().config();
    var below = image == null ? null : overlays.below(layers);
    var bundle =
        new ContainerBundle(
                request, folder, tree, below, config, isolation, new Volumes(store.volumes()))
            .make();
    try (var network = ContainerNetwork.open(bundle, folder.directory())) {
      if (request.runtime() != null) {
        return new ForeignRun(request, folder).run(network.bundle());
      }
      var foreground =
          new Foreground(
              request.attachment(),
              container -> remember(folder, folder.state().begun(container.pid(), Instant.now())));
      return foreground.run(Runner.of(isolation), network.bundle());
    }
  }

  private static RunOverlay tree(
      RunRequest request, RunOverlays overlays, List<StageLayer> layers, ContainerFolder folder)
      throws IOException {
    if (request.folder()) {
      return overlays.existing(folder.directory(), root(request.source()));
    }
    return request.runtime() == null
        ? overlays.open(folder.directory(), layers)
        : overlays.copy(folder.directory(), layers);
  }

  private static Path root(String typed) {
    var root = Path.of(typed).toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open root file system %s: there is no such directory".formatted(Quoted.of(typed)));
    }
    return root;
  }

  /// The full name of an image that was asked for by a short one; an id stays what it is.
  private String fullName(String typed) throws IOException {
    if (typed.matches("[0-9a-f]{4,64}|sha256:.*") || !store.images().exists()) {
      return typed;
    }
    var names = store.images().entries().names().toList();
    return Stream.of("localhost/" + typed, typed)
        .map(each -> Reference.parse(each).toString())
        .filter(names::contains)
        .findFirst()
        .orElse(typed);
  }

  private static ContainerState state(
      RunRequest request, String imageName, String name, @Nullable BaseImage image) {
    var identity = request.identity();
    var config = image == null ? ContainerConfig.EMPTY : image.image().config().config();
    return new ContainerState(
        ContainerNames.newId(),
        ContainerNames.check(name),
        imageName,
        image == null ? null : image.id().hex(),
        ContainerBundle.command(request, config),
        Instant.now(),
        null,
        null,
        ContainerState.Status.CREATED,
        0,
        0,
        identity.remove(),
        List.of(),
        identity.labels(),
        request.container().annotations(),
        Objects.requireNonNullElse(
            identity.stopSignal(), Objects.requireNonNullElse(config.stopSignal(), "SIGTERM")),
        identity.stopTimeout());
  }

  private static void remember(ContainerFolder folder, ContainerState state) {
    try {
      folder.write(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeId(@Nullable String file, String id) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(Path.of(file), id);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "write %s: %s".formatted(Quoted.of(file), Reason.of(e)), e);
    }
  }
}
