package dev.ocij.buildah.podman.system;

import dev.ocij.buildah.cli.Columns;
import dev.ocij.buildah.podman.image.ImageUse;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Contents;
import dev.ocij.store.Store;
import dev.ocij.term.Human;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `system df -v` tells: each image, container and volume by itself.
record DiskDetails(Store store) {
  private static final String NONE = "<none>";

  String text() throws IOException {
    return "Images space usage:\n\n%s\nContainers space usage:\n\n%s\nLocal Volumes space usage:\n\n%s"
        .formatted(images(), containers(), volumes());
  }

  private Columns images() throws IOException {
    var columns = new Columns();
    columns.row(
        "REPOSITORY",
        "TAG",
        "IMAGE ID",
        "CREATED",
        "SIZE",
        "SHARED SIZE",
        "UNIQUE SIZE",
        "CONTAINERS");
    var all = new LocalImages(store).list();
    var users = users(all);
    var use = ImageUse.of(store);
    for (var image : all) {
      long shared =
          Contents.of(image.document()).stream()
              .filter(blob -> users.getOrDefault(blob.digest(), 0) > 1)
              .mapToLong(Descriptor::size)
              .sum();
      for (var name : image.names().isEmpty() ? List.of(NONE + ":" + NONE) : image.names()) {
        int colon = name.lastIndexOf(':');
        columns.row(
            name.substring(0, colon),
            name.substring(colon + 1),
            image.id().shortHex(),
            since(image.created()),
            Usage.size(image.size()),
            Usage.size(shared),
            Usage.size(image.size() - shared),
            Integer.toString(use.of(image).size()));
      }
    }
    return columns;
  }

  /// How many images have a blob.
  private static Map<Digest, Integer> users(List<LocalImage> images) {
    var users = new HashMap<Digest, Integer>();
    images.stream()
        .map(LocalImage::document)
        .map(DiskDetails::blobs)
        .flatMap(List::stream)
        .forEach(digest -> users.merge(digest, 1, Integer::sum));
    return users;
  }

  private static List<Digest> blobs(Document document) {
    return Contents.of(document).stream().map(Descriptor::digest).distinct().toList();
  }

  private Columns containers() throws IOException {
    var columns = new Columns();
    columns.row(
        "CONTAINER ID", "IMAGE", "COMMAND", "LOCAL VOLUMES", "SIZE", "CREATED", "STATUS", "NAMES");
    for (var container : new Containers(store).list()) {
      columns.row(
          container.shortId(),
          container.imageId() == null ? "" : container.imageId().substring(0, 12),
          String.join(" ", container.command()),
          Integer.toString(container.volumes().size()),
          Usage.size(Usage.size(store, container)),
          since(container.created()),
          container.status().name().toLowerCase(Locale.ROOT),
          container.name());
    }
    return columns;
  }

  private Columns volumes() throws IOException {
    var columns = new Columns();
    columns.row("VOLUME NAME", "LINKS", "SIZE");
    var volumes = new Volumes(store.volumes());
    var use = VolumeUse.of(store);
    for (var volume : volumes.list()) {
      columns.row(
          volume.name(),
          Integer.toString(use.of(volume.name()).size()),
          Usage.size(DiskUse.of(volumes.content(volume.name()))));
    }
    return columns;
  }

  private static String since(Instant time) {
    return Human.duration(Duration.between(time, Instant.now()));
  }
}
