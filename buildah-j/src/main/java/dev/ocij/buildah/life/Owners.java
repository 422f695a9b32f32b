package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.runtime.IdMaps;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who files of containers in user namespaces of their own belong to: here, and as the containers
/// know them. All others have one and the same owners.
record Owners(Containers containers) {
  private static final long NOBODY = 65534;

  /// Owners as the container knows them, of files as they are here.
  ///
  /// @param container null for the machine
  UnaryOperator<Entry> inside(@Nullable ContainerState container) throws IOException {
    var maps = maps(container);
    return maps.isEmpty()
        ? entry -> entry
        : shifting(owner ->
            new Owner(
                (int) maps.get().uids().inside(owner.uid()).orElse(NOBODY),
                (int) maps.get().gids().inside(owner.gid()).orElse(NOBODY)));
  }

  /// Owners as they are here, of files as the container knows them.
  UnaryOperator<Entry> outside(@Nullable ContainerState container) throws IOException {
    var maps = maps(container);
    return maps.isEmpty()
        ? entry -> entry
        : shifting(owner ->
            new Owner((int) maps.get().uid(owner.uid()), (int) maps.get().gid(owner.gid())));
  }

  private static UnaryOperator<Entry> shifting(UnaryOperator<Owner> owners) {
    return entry ->
        entry.withAttributes(
            entry.attributes().withOwner(owners.apply(entry.attributes().owner())));
  }

  private Optional<IdMaps> maps(@Nullable ContainerState container) throws IOException {
    if (container == null) {
      return Optional.empty();
    }
    var linux = ContainerFolder.config(containers.directory(container)).linux();
    return linux.mapsIds() ? Optional.of(IdMaps.of(linux)) : Optional.empty();
  }
}
