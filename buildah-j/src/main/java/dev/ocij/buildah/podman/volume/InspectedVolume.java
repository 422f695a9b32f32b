package dev.ocij.buildah.podman.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.podman.InspectedKind;
import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What `inspect` tells of a volume.
public record InspectedVolume(Supplier<Store> store) implements InspectedKind {
  @Override
  public String type() {
    return "volume";
  }

  @Override
  public List<String> all() throws IOException {
    return new Volumes(store.get().volumes()).list().stream().map(Volume::name).toList();
  }

  @Override
  public String missing(String name) {
    return "no such volume " + Quoted.escape(name);
  }

  @Override
  public Optional<JsonNode> find(String name) throws IOException {
    var volumes = new Volumes(store.get().volumes());
    var found = volumes.find(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var volume = found.get();
    int count = VolumeUse.of(store.get()).of(volume.name()).size();
    return Optional.of(new VolumeRow(volume, volumes.content(volume.name()), count).json());
  }
}
