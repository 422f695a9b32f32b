package dev.ocij.buildah.podman.system;

import dev.ocij.buildah.podman.PointInTime;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.podman.image.ImagePrune;
import dev.ocij.buildah.podman.volume.VolumePrune;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/// Removes all that nobody uses.
///
/// @param all whether images with names go too
/// @param volumes whether volumes go too
/// @param filters `until=…` and `label=…`
record SystemPrune(Store store, boolean all, boolean volumes, List<String> filters) {

  /// @return the ids of what is gone, by the title of its kind
  SequencedMap<String, List<String>> prune() throws IOException {
    var gone = new java.util.LinkedHashMap<String, List<String>>();
    gone.put("Deleted Containers", containers());
    gone.put("Deleted Volumes", volumes ? new VolumePrune(store, filters).prune() : List.of());
    gone.put("Deleted Images", new ImagePrune(store, all, filters).prune());
    new LocalImages(store).sweep();
    return gone;
  }

  private List<String> containers() throws IOException {
    var containers = new Containers(store);
    containers.sweep();
    var gone = new ArrayList<String>();
    for (var container : containers.list()) {
      if (container.status() == ContainerState.Status.EXITED
          && condition().test(container)
          && containers.guests(container).isEmpty()) {
        containers.remove(container, false);
        gone.add(container.id());
      }
    }
    return gone;
  }

  private Predicate<ContainerState> condition() {
    return filters.stream().map(this::condition).reduce(_ -> true, Predicate::and);
  }

  private Predicate<ContainerState> condition(String filter) {
    var parts = filter.split("=", 2);
    var value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0]) {
      case "until" -> {
        var end = PointInTime.parse(value, Instant.now());
        yield container -> container.created().isBefore(end);
      }
      case "label" -> container -> has(container.labels(), value);
      case "label!" -> container -> !has(container.labels(), value);
      default ->
          throw Values.usage(
              "unknown filter %s: expected until=TIME or label=LABEL".formatted(Quoted.of(filter)));
    };
  }

  private static boolean has(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
