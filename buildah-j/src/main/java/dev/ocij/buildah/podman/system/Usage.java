package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.podman.image.ImageUse;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.store.Contents;
import dev.ocij.store.Store;
import dev.ocij.term.Human;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;

/// What one kind of things takes of the disk, as `system df` tells it.
///
/// @param active how many of them are in use
/// @param reclaimable bytes of those that are not
record Usage(String type, int total, int active, long bytes, long reclaimable) {
  static List<Usage> of(Store store) throws IOException {
    return List.of(images(store), containers(store), volumes(store));
  }

  private static Usage images(Store store) throws IOException {
    var use = ImageUse.of(store);
    var all = new LocalImages(store).list();
    var used = all.stream().filter(image -> !use.of(image).isEmpty()).toList();
    long bytes = bytes(all);
    return new Usage("Images", all.size(), used.size(), bytes, bytes - bytes(used));
  }

  /// A blob that several images have is there once.
  private static long bytes(List<LocalImage> images) {
    var blobs = new HashMap<Digest, Long>();
    for (var image : images) {
      blobs.put(image.document().digest(), (long) image.document().bytes().length);
      for (Descriptor blob : Contents.of(image.document())) {
        blobs.put(blob.digest(), blob.size());
      }
    }
    return blobs.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Usage containers(Store store) throws IOException {
    long bytes = 0;
    long idle = 0;
    int active = 0;
    var all = new Containers(store).list();
    for (var container : all) {
      long size = size(store, container);
      bytes += size;
      if (container.status() == ContainerState.Status.RUNNING) {
        active++;
      } else {
        idle += size;
      }
    }
    return new Usage("Containers", all.size(), active, bytes, idle);
  }

  /// What the container has written.
  static long size(Store store, ContainerState container) throws IOException {
    return DiskUse.of(store.containers().resolve(container.id()).resolve("upper"));
  }

  /// What the image of a container takes; zero where there is none any more.
  static long imageSize(Store store, ContainerState container) throws IOException {
    var id = container.imageId();
    if (id == null) {
      return 0;
    }
    return bytes(
        new LocalImages(store)
            .list().stream().filter(image -> image.id().hex().equals(id)).limit(1).toList());
  }

  private static Usage volumes(Store store) throws IOException {
    var use = VolumeUse.of(store);
    var volumes = new Volumes(store.volumes());
    long bytes = 0;
    long idle = 0;
    int active = 0;
    var all = volumes.list();
    for (var volume : all) {
      long size = DiskUse.of(volumes.content(volume.name()));
      bytes += size;
      boolean used = !use.of(volume.name()).isEmpty();
      active += used ? 1 : 0;
      idle += used ? 0 : size;
    }
    return new Usage("Local Volumes", all.size(), active, bytes, idle);
  }

  ObjectNode json() {
    return Json.object()
        .put("Type", type)
        .put("Total", total)
        .put("Active", active)
        .put("RawSize", bytes)
        .put("RawReclaimable", reclaimable)
        .put("TotalCount", total)
        .put("Size", size(bytes))
        .put("Reclaimable", "%s (%d%%)".formatted(size(reclaimable), percent()));
  }

  static String size(long bytes) {
    return Human.size(bytes).replace(" ", "");
  }

  private long percent() {
    return bytes == 0 ? 0 : Math.round(100.0 * reclaimable / bytes);
  }
}
