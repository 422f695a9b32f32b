package dev.ocij.buildah.build;

import dev.ocij.layer.Entry;
import java.time.Clock;
import java.time.Instant;

/// Gives what a build makes its times.
public record Stamp(Times times, Clock clock) {
  public Instant now() {
    var created = times.created();
    return created == null ? clock.instant() : created;
  }

  /// The time of what was made before: then, unless all times are given.
  Instant at(Instant made) {
    return times.created() == null ? made : now();
  }

  /// An entry of a new layer with the time it shall have.
  public Entry on(Entry entry) {
    var created = times.created();
    if (created == null) {
      return entry;
    }
    return switch (times.files()) {
      case KEPT -> entry;
      case CAPPED -> entry.attributes().mtime().isAfter(created) ? at(created, entry) : entry;
      case SET -> at(created, entry);
    };
  }

  private static Entry at(Instant time, Entry entry) {
    return entry.withAttributes(entry.attributes().withMtime(time));
  }
}
