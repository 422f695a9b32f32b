package dev.ocij.buildah.build;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which earlier results may stand for steps. What is made is remembered in any case.
///
/// @param used whether any may
/// @param age of the oldest that may; null for any age
/// @param from repositories to look in for what the store lacks
/// @param to repositories that get what steps gave
public record CacheSettings(
    boolean used, @Nullable Duration age, List<String> from, List<String> to) {
  public static final CacheSettings LOCAL = new CacheSettings(true, null, List.of(), List.of());

  public CacheSettings {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }
}
