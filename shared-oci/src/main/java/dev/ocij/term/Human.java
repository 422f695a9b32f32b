package dev.ocij.term;

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
    return number(bytes, whole) + " " + UNITS.get(unit);
  }

  /// Not by BigDecimal, which computes a table first, for longer than most commands take.
  private static String number(long bytes, long whole) {
    int decimals = 0;
    long last = whole; // what the last digit counts
    for (long digits = bytes / whole; last > 1 && digits < STEP / 10; digits *= 10) {
      last /= 10;
      decimals++;
    }
    long number = rounded(bytes, last);
    for (; decimals > 0 && number % 10 == 0; decimals--) {
      number /= 10;
    }
    var shown = new StringBuilder().append(number);
    return decimals == 0
        ? shown.toString()
        : shown.insert(shown.length() - decimals, '.').toString();
  }

  private static long rounded(long bytes, long by) {
    long down = bytes / by;
    int above = Long.compare(bytes % by * 2, by);
    return above > 0 || (above == 0 && down % 2 == 1) ? down + 1 : down;
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
