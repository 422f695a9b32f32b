package dev.ocij.trust.sigstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When somebody was, or is, to be believed.
///
/// @param start null where it always was so
/// @param end null where it still is so
record Validity(@Nullable Instant start, @Nullable Instant end) {
  static final Validity ALWAYS = new Validity(null, null);

  boolean contains(Instant time) {
    return (start == null || !time.isBefore(start)) && (end == null || !time.isAfter(end));
  }
}
