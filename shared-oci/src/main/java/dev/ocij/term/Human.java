package dev.ocij.term;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/// Numbers as people read them, in the words of the peers' tables.
public final class Human {
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final int STEP = 1000;

  private Human() {}

  /// A size in decimal units, three digits, half to even: `1.99 MB`.
  public static String size(long bytes) {
    int unit = 0;
    long whole = 1;
    while (bytes / whole >= STEP && unit < UNITS.size() - 1) {
      whole *= STEP;
      unit++;
    }
    return ThreeDigits.of(bytes, whole, RoundingMode.HALF_EVEN) + " " + UNITS.get(unit);
  }

  /// How long ago: `39 minutes ago`.
  public static String ago(Duration duration) {
    return duration(duration) + " ago";
  }

  /// A duration in its largest unit: `About an hour`, `3 weeks`.
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    long minutes = duration.toMinutes();
    long hours = Math.round(duration.toSeconds() / 3600.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}
