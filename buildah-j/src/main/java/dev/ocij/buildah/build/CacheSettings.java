package dev.ocij.buildah.build;

import dev.ocij.name.Location;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which earlier results may stand for steps. What is made is remembered in any case.
///
/// @param used whether any may
/// @param age of the oldest that may; null for any age
/// @param from repositories to look in for what the store lacks
/// @param to repositories that get what steps gave
/// @param mountsFrom images of cache mounts that fill those that are not here
/// @param mountsTo where the cache mounts of the build go as an image
public record CacheSettings(
    boolean used,
    @Nullable Duration age,
    List<String> from,
    List<String> to,
    List<Location> mountsFrom,
    List<Location> mountsTo) {
  public static final CacheSettings LOCAL =
      new CacheSettings(true, null, List.of(), List.of(), List.of(), List.of());

  public CacheSettings {
    from = List.copyOf(from);
    to = List.copyOf(to);
    mountsFrom = List.copyOf(mountsFrom);
    mountsTo = List.copyOf(mountsTo);
  }
}
