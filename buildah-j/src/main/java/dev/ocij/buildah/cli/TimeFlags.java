package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.Times;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The times that `build` gives to what it makes.
final class TimeFlags {
  /// The variable and the build argument by which programs agree on a time.
  static final String EPOCH = "SOURCE_DATE_EPOCH";

  private final Supplier<Optional<String>> timestamp;
  private final Supplier<Optional<String>> epoch;
  private final BooleanSupplier rewrite;
  private final Supplier<Optional<Boolean>> omitted;
  private final Supplier<Optional<String>> reference;

  TimeFlags(Options options) {
    this(options, Optional::empty, Optional::empty);
  }

  /// A commit knows the older options too.
  static TimeFlags ofCommit(Options options) {
    return new TimeFlags(
        options, options.oldChoice("--omit-timestamp"), options.oldText("--reference-time"));
  }

  private TimeFlags(
      Options options, Supplier<Optional<Boolean>> omitted, Supplier<Optional<String>> reference) {
    this.omitted = omitted;
    this.reference = reference;
    timestamp = options.text("--timestamp", "SECONDS", "the time of everything that is made");
    epoch =
        options.text("--source-date-epoch", "SECONDS", "the time of the image; default: $" + EPOCH);
    rewrite = options.flag("--rewrite-timestamp", "make no new file later than the image");
  }

  /// @param given the environment, and over it the build arguments
  Times times(Map<String, String> given) {
    if (omitted.get().orElse(false) || reference.get().isPresent()) {
      return oldTimes();
    }
    if (timestamp.get().isPresent()) {
      refuseBoth();
      return new Times(instant("--timestamp", timestamp.get().get()), Times.Files.SET);
    }
    var files = rewrite.getAsBoolean() ? Times.Files.CAPPED : Times.Files.KEPT;
    var seconds = epoch(given);
    if (seconds.isEmpty()) {
      return Times.OF_THE_CLOCK;
    }
    var name = epoch.get().isPresent() ? "--source-date-epoch" : EPOCH;
    return new Times(instant(name, seconds.get()), files);
  }

  private Times oldTimes() {
    if (timestamp.get().isPresent()
        || (omitted.get().orElse(false) && reference.get().isPresent())) {
      throw OrderedArguments.usage(
          "--timestamp, --omit-timestamp and --reference-time exclude one another: keep one");
    }
    var created = reference.get().map(TimeFlags::lastChange).orElse(Instant.EPOCH);
    return new Times(created, Times.Files.SET);
  }

  private static Instant lastChange(String file) {
    try {
      return Files.getLastModifiedTime(Path.of(file)).toInstant();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "--reference-time %s: %s".formatted(Quoted.of(file), Reason.of(e)),
          e);
    }
  }

  /// The value of the build argument, where there is one.
  Optional<String> epoch(Map<String, String> given) {
    return epoch.get().or(() -> Optional.ofNullable(given.get(EPOCH))).filter(s -> !s.isEmpty());
  }

  private void refuseBoth() {
    if (epoch.get().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "--timestamp and --source-date-epoch exclude one another: keep one");
    }
  }

  static Instant instant(String name, String seconds) {
    if (!seconds.matches("[0-9]{1,11}")) {
      throw new OciException(
          OciException.Category.USAGE,
          "%s %s: expected seconds since 1970".formatted(name, Quoted.of(seconds)));
    }
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
