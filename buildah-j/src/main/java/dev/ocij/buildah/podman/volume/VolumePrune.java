package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Removes the volumes that no container uses.
///
/// @param filters which of them
public record VolumePrune(Store store, List<String> filters) {
  /// The names of those that would go.
  public List<String> candidates() throws IOException {
    var use = VolumeUse.of(store);
    return volumes().list().stream()
        .filter(volume -> use.of(volume.name()).isEmpty())
        .filter(new VolumeFilters(use, Instant.now()).parse(filters))
        .map(Volume::name)
        .toList();
  }

  /// @return the names of those that are gone
  public List<String> prune() throws IOException {
    var gone = candidates();
    for (var name : gone) {
      volumes().remove(name);
    }
    return gone;
  }

  private Volumes volumes() {
    return new Volumes(store.volumes());
  }
}
