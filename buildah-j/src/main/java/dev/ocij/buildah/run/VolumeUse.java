package dev.ocij.buildah.run;

import dev.ocij.spec.Json;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which containers use which volumes.
///
/// @param byVolume ids of containers, by the volume's name
public record VolumeUse(Map<String, List<String>> byVolume) {

  public static VolumeUse of(Store store) throws IOException {
    var use = new TreeMap<String, List<String>>();
    for (var container : new Containers(store).list()) {
      var file = store.containers().resolve(container.id()).resolve(ContainerState.FILE);
      try {
        var state = Json.readTree(Files.readAllBytes(file), file.toString());
        for (var names : List.of(state.path("volumes"), state.path("settings").path("volumes"))) {
          names.forEach(name ->
              use.computeIfAbsent(name.asText(), _ -> new ArrayList<>()).add(container.id()));
        }
      } catch (NoSuchFileException _) {
        // It has just been removed.
      }
    }
    return new VolumeUse(use);
  }

  /// The ids of the containers that use a volume.
  public List<String> of(String volume) {
    return byVolume.getOrDefault(volume, List.of());
  }
}
