package dev.ocij.term.template;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as Go writes them: `300ms`, `1m30s`, `2h`.
public final class GoDuration {
  private static final String PART = "([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)";
  private static final Pattern PARTS = Pattern.compile(PART);
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]*)?");

  private GoDuration() {}

  /// The duration in a text; `0` needs no unit.
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!WHOLE.matcher(text).matches()) {
      throw new OciException(
          OciException.Category.USAGE,
          NUMBER.matcher(text).matches()
              ? "time: missing unit in duration %s; as in 1m30s".formatted(Quoted.of(text))
              : "time: invalid duration %s; it is a number and a unit, as in 1m30s"
                  .formatted(Quoted.of(text)));
    }
    return PARTS
        .matcher(text)
        .results()
        .map(part -> times(new BigDecimal(part.group(1)), part.group(2)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// The duration as Go prints it: `300ms`, `1m30s`, `2h0m0s`.
  public static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toSeconds() > 0) {
      var hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
      var minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
      return hours + minutes + decimal(duration.minusMinutes(duration.toMinutes()), 9) + "s";
    }
    int digits = duration.toNanos() >= 1_000_000 ? 6 : duration.toNanos() >= 1_000 ? 3 : 0;
    return decimal(duration, digits) + (digits == 6 ? "ms" : digits == 3 ? "µs" : "ns");
  }

  private static String decimal(Duration duration, int digits) {
    var number = BigDecimal.valueOf(duration.toNanos(), digits).stripTrailingZeros();
    return number.toPlainString();
  }

  private static Duration times(BigDecimal count, String unit) {
    long nanoseconds =
        switch (unit) {
          case "ns" -> 1;
          case "us", "µs" -> 1_000;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    return Duration.ofNanos(count.multiply(BigDecimal.valueOf(nanoseconds)).longValue());
  }
}
