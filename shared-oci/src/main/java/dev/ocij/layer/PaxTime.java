package dev.ocij.layer;

import java.time.Instant;
import java.util.regex.Pattern;

/// Times in PAX records: decimal seconds since 1970, perhaps negative, here to the nanosecond.
///
/// Not by BigDecimal, which computes a table first, for longer than a small layer takes.
final class PaxTime {
  /// No exponent: `1E999999999` would make an endless number.
  private static final Pattern DECIMAL = Pattern.compile("(-?)([0-9]{1,12})(?:\\.([0-9]{0,18}))?");

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANO_DIGITS = 9;

  private PaxTime() {}

  static String format(Instant time) {
    boolean negative = time.getEpochSecond() < 0 && time.getNano() > 0;
    long seconds = negative ? -time.getEpochSecond() - 1 : time.getEpochSecond();
    int nanos = negative ? NANOS_PER_SECOND - time.getNano() : time.getNano();
    var whole = (negative ? "-" : "") + seconds;
    return nanos == 0
        ? whole
        : whole
            + "."
            + Integer.toString(NANOS_PER_SECOND + nanos).substring(1).replaceFirst("0+$", "");
  }

  /// @throws IllegalArgumentException where the text is no time
  static Instant parse(String text) {
    var parts = DECIMAL.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a PAX time that is no decimal number");
    }
    long seconds = Long.parseLong(parts.group(2));
    var fraction = (parts.group(3) == null ? "" : parts.group(3)) + "0".repeat(NANO_DIGITS);
    long nanos = Long.parseLong(fraction.substring(0, NANO_DIGITS));
    if (parts.group(1).isEmpty()) {
      return Instant.ofEpochSecond(seconds, nanos);
    }
    // Earlier, where there are digits that are none of a nanosecond.
    long rest = fraction.substring(NANO_DIGITS).chars().allMatch(digit -> digit == '0') ? 0 : 1;
    return Instant.ofEpochSecond(-seconds, -nanos - rest);
  }
}
