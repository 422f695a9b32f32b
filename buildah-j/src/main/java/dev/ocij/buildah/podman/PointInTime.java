package dev.ocij.buildah.podman;

import dev.ocij.spec.Quoted;
import dev.ocij.term.template.GoDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A point in time as `until=` takes it.
public final class PointInTime {
  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

  private PointInTime() {}

  /// Seconds since 1970, a date, a time, or how long ago: `10m`.
  public static Instant parse(String text, Instant now) {
    if (text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
      return Instant.ofEpochSecond(Long.parseLong(text.split("\\.", 2)[0]));
    }
    return FORMS.stream()
        .flatMap(form -> attempt(form, text).stream())
        .findFirst()
        .orElseGet(() -> before(now, text));
  }

  private static Optional<Instant> attempt(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Instant before(Instant now, String text) {
    try {
      return now.minus(GoDuration.parse(text));
    } catch (RuntimeException _) {
      throw Values.usage(
          "unable to parse time %s: expected a duration as 10m, a date, or seconds since 1970"
              .formatted(Quoted.of(text)));
    }
  }
}
