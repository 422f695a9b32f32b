package dev.ocij.buildah.build;

import dev.ocij.layer.Entry;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The times in what a build makes.
///
/// @param fixed of everything new; null for the time at which each thing is made
record Stamp(@Nullable Instant fixed, Clock clock) {
  Instant now() {
    return fixed == null ? clock.instant() : fixed;
  }

  /// An entry of a new layer with the time it shall have.
  Entry on(Entry entry) {
    return fixed == null ? entry : entry.withAttributes(entry.attributes().withMtime(fixed));
  }
}
