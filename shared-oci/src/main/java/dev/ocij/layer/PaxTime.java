package dev.ocij.layer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;

/// Times in PAX records: decimal seconds since 1970, perhaps negative, here to the nanosecond.
final class PaxTime {
  /// No exponent: `1E999999999` would make an endless number.
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{0,18})?");

  private PaxTime() {}

  static String format(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond())
        .add(BigDecimal.valueOf(time.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  /// @throws IllegalArgumentException where the text is no time
  static Instant parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("a PAX time that is no decimal number");
    }
    var decimal = new BigDecimal(text.endsWith(".") ? text + "0" : text);
    var seconds = decimal.setScale(0, RoundingMode.FLOOR);
    var nanos = decimal.subtract(seconds).movePointRight(9).longValue();
    return Instant.ofEpochSecond(seconds.longValueExact(), nanos);
  }
}
