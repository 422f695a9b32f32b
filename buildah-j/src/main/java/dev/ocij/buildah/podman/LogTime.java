package dev.ocij.buildah.podman;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.GoDuration;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Times as options have them: `10m` ago, seconds since 1970, or a date with or without a time and
/// a zone.
public final class LogTime {
  private LogTime() {}

  /// What an option says; null where it was not given.
  public static @Nullable Instant given(Supplier<Optional<String>> option) {
    return option.get().map(text -> parse(text, Clock.systemUTC())).orElse(null);
  }

  static Instant parse(String text, Clock clock) {
    if (text.matches("[0-9]+(\\.[0-9]+)?")) {
      return Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1000));
    }
    try {
      return clock.instant().minus(GoDuration.parse(text));
    } catch (OciException _) {
      return date(text, clock.getZone());
    }
  }

  private static Instant date(String text, ZoneId zone) {
    try {
      if (text.matches(".*T.*(Z|[+-][0-9]{2}:[0-9]{2})")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException _) {
      throw Values.usage(
          "invalid time %s: expected a duration such as 10m, seconds since 1970, or a date such as"
                  .formatted(Quoted.of(text))
              + " 2026-01-31T10:00:00Z");
    }
  }
}
