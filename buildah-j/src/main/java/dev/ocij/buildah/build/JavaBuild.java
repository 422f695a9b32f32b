package dev.ocij.buildah.build;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.java.JavaApplication;
import dev.ocij.buildah.java.JavaImage;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.MediaType;
import dev.ocij.store.Store;
import dev.ocij.transport.Transports;
import java.io.IOException;
import java.util.List;

/// Makes an image of a Java application without a Containerfile: its layers, made by Jib, on a base
/// that stays as it is.
public record JavaBuild(Store store, Transports transports, BaseImages bases, BuildOutput output) {
  public BuildResult build(JavaRequest request) throws IOException {
    store.create();
    try (var _ = store.images().use();
        var folder = BuildFolder.open(store.containers())) {
      var application = JavaApplication.open(request.application(), folder.next());
      var archive = new JavaImage(application, request.settings()).write(folder.next());
      var base = bases.open(request.base()).image();
      try (var source = transports.openSource(new Location("docker-archive", archive.toString()))) {
        var image = stacked(base, StageImage.of((Image) source.read()), request);
        return new BuildDelivery(
                new Delivery(
                    transports,
                    Progress.SILENT,
                    Fit.AS_IT_IS.withDocker(request.docker()),
                    List.of()),
                output)
            .deliver(image.toImage(MediaType.OCI_MANIFEST), request.targets());
      }
    }
  }

  private StageImage stacked(StageImage base, StageImage application, JavaRequest request)
      throws IOException {
    var layers = new StageLayers(store.images().blobs());
    var made = application.config().history().stream().filter(each -> !each.emptyLayer()).toList();
    var config =
        base.config()
            .withConfig(base.config().config().with(draft -> start(draft, application)))
            .withCreated(request.created());
    var image = base.withConfig(config);
    for (int i = 0; i < application.layers().size(); i++) {
      var layer = application.layers().get(i);
      var stored = layers.store(() -> StageLayers.open(layer));
      image = image.withLayer(stored, continued(image, config), history(made.get(i), request));
    }
    return image;
  }

  /// The configuration with the layers and the history that the image has.
  private static ImageConfig continued(StageImage image, ImageConfig config) {
    return config.withLayers(image.config().rootfs().diffIds(), image.config().history());
  }

  private static History history(History made, JavaRequest request) {
    return new History(request.created(), made.createdBy(), made.author(), made.comment(), false);
  }

  /// What the application says goes before what the base does; a war leaves the start to its base.
  private static void start(ContainerConfig.Draft draft, StageImage application) {
    var own = application.config().config();
    own.env()
        .forEach(variable -> {
          var parts = variable.split("=", 2);
          draft.setEnv(parts[0], parts[1]);
        });
    draft.labels.putAll(own.labels());
    draft.exposedPorts.putAll(own.exposedPorts());
    if (!own.entrypoint().isEmpty()) {
      draft.entrypoint = own.entrypoint();
      draft.cmd = own.cmd();
    } else if (!own.cmd().isEmpty()) {
      draft.cmd = own.cmd();
    }
    draft.user = own.user() == null || own.user().isEmpty() ? draft.user : own.user();
    draft.workingDir =
        own.workingDir() == null || own.workingDir().isEmpty()
            ? draft.workingDir
            : own.workingDir();
  }
}
