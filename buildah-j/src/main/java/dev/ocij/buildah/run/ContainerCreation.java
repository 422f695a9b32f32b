package dev.ocij.buildah.run;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RootFiles;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The first half of a run, from a request to a container that can be started.
///
/// @param images where images come from, of the platform and by the policy of the request; null
///   where none is needed
public record ContainerCreation(Store store, @Nullable BaseImages images) {

  /// For containers whose root file system is a folder.
  public static ContainerCreation withoutImages(Store store) {
    return new ContainerCreation(store, null);
  }

  /// A container that is complete and held by this process.
  public record Created(ContainerFolder folder, Bundle bundle, Isolation isolation) {}

  /// Makes a container. What dead processes have left of others is finished first.
  public Created create(RunRequest asked) throws IOException {
    var isolation = Isolation.probe();
    isolation.require();
    MappedTree.check(asked, isolation);
    var containers = new Containers(store);
    containers.sweep();
    var image = asked.folder() || images == null ? null : images.open(asked.source());
    if (image != null) {
      checkPlatform(asked, image.image().config().platform());
    }
    var request =
        image == null
            ? asked
            : asked.publishing(image.image().config().config().exposedPorts().keySet());
    var imageName =
        image == null || images == null
            ? request.source()
            : fullName(request.source(), images, image);
    var folder =
        containers.create(
            request.identity().name(),
            request.identity().replace(),
            name -> state(request, imageName, name, image));
    boolean made = false;
    try {
      writeId(request.identity().idFile(), folder.state().id());
      for (var owner : request.namespaces().dependencies()) {
        ContainerFolder.noteGuests(folder.directory().resolveSibling(owner));
      }
      var bundle = bundle(mapped(request, isolation, image, folder), isolation, image, folder);
      StoredBundle.write(bundle);
      made = true;
      return new Created(folder, bundle, isolation);
    } finally {
      if (!made) {
        containers.discard(folder);
        folder.close();
      }
    }
  }

  /// An image that stands alone is taken for whatever is asked for; a container of it would be
  /// something else than that.
  private static void checkPlatform(RunRequest asked, Platform found) {
    var wanted = asked.platform();
    boolean fits = wanted.alternatives().stream().anyMatch(found::satisfies);
    if (!wanted.equals(Platform.host()) && !fits) {
      throw new OciException(
          OciException.Category.USAGE,
          "run %s for %s: the image is for %s; --pull=always looks for another"
              .formatted(Quoted.of(asked.source()), wanted, found));
    }
  }

  private RunRequest mapped(
      RunRequest request, Isolation isolation, @Nullable BaseImage image, ContainerFolder folder)
      throws IOException {
    var pod = request.pod();
    if (pod != null && pod.joins() && pod.shares().contains(PodMember.USERS)) {
      var infra = folder.directory().resolveSibling(String.valueOf(pod.infraId()));
      return request.mapping(IdMaps.of(ContainerFolder.config(infra).linux()));
    }
    var wish = request.automaticIds();
    if (wish == null) {
      return request;
    }
    RootFiles files =
        image == null
            ? RootFiles.of(root(request.source()))
            : new RunOverlays(store, isolation).below(image.image().layers())::read;
    var user = image == null ? null : image.image().config().config().user();
    var asked = request.container().user() == null ? user : request.container().user();
    return request.mapping(TakenIds.take(folder.directory(), wish, files, asked));
  }

  private Bundle bundle(
      RunRequest request, Isolation isolation, @Nullable BaseImage image, ContainerFolder folder)
      throws IOException {
    var overlays = new RunOverlays(store, isolation, request.container().ids());
    var layers = image == null ? List.<StageLayer>of() : image.image().layers();
    var tree = tree(request, overlays, layers, folder);
    var config = image == null ? ContainerConfig.EMPTY : image.image().config().config();
    var below = image == null ? null : overlays.below(layers);
    MappedTree.giveRoot(tree.directory().resolve("upper"), request.container().ids());
    return new ContainerBundle(
            request.mounting(imageMounts(request, overlays, folder.directory())),
            folder,
            tree,
            below,
            config,
            isolation,
            new Volumes(store.volumes()))
        .make();
  }

  private List<Mount> imageMounts(RunRequest request, RunOverlays overlays, Path directory)
      throws IOException {
    var mounts = new ArrayList<Mount>();
    for (var wish : request.images()) {
      var image = Objects.requireNonNull(images).open(wish.image()).image();
      mounts.add(wish.of(overlays.below(image.layers()), directory));
    }
    return mounts;
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
  private static String fullName(String typed, BaseImages images, BaseImage image) {
    boolean otherwise = typed.matches("[0-9a-f]{4,64}|.*sha256:.*") || images.isLocation(typed);
    return otherwise || image.name().isEmpty() ? typed : image.name();
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
        ContainerState.Status.INITIALIZED,
        0,
        0,
        identity.remove(),
        List.of(),
        identity.labels(),
        request.container().annotations(),
        Objects.requireNonNullElse(
            identity.stopSignal(), Objects.requireNonNullElse(config.stopSignal(), "SIGTERM")),
        identity.stopTimeout(),
        settings(request, config, image),
        null);
  }

  private static ContainerSettings settings(
      RunRequest request, ContainerConfig config, @Nullable BaseImage image) {
    var life = request.life();
    return new ContainerSettings(
        request.container().terminal(),
        request.attachment().in(),
        life.log(),
        life.logPath(),
        life.restart(),
        life.retries(),
        request.attachment().timeout(),
        request.entrypoint().orElse(config.entrypoint()),
        life.createCommand(),
        request.namespaces().of("network").orElse(request.container().network()),
        image == null || image.manifest() == null ? null : image.manifest().toString(),
        life.pidFile(),
        life.monitorFile(),
        request.identity().idFile(),
        request.volumes().stream()
            .filter(VolumeMount::isNamed)
            .map(volume -> String.valueOf(volume.source()))
            .toList(),
        request.secrets().stream().filter(GivenSecret::variable).map(GivenSecret::target).toList(),
        request.pod(),
        request.runtime(),
        health(request.life(), config),
        request.namespaces());
  }

  private static @Nullable HealthPlan health(RunRequest.Life life, ContainerConfig config) {
    var check = life.health().apply(config.healthcheck());
    return check == null ? null : new HealthPlan(check, life.onUnhealthy());
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
