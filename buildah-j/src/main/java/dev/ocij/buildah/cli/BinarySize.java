package dev.ocij.buildah.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// Sizes as buildah's tables have them: three digits, steps of 1024.
final class BinarySize {
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final BigDecimal STEP = BigDecimal.valueOf(1024);

  private BinarySize() {}

  static String of(long bytes) {
    var value = BigDecimal.valueOf(bytes);
    int unit = 0;
    while (value.compareTo(STEP) >= 0 && unit < UNITS.size() - 1) {
      value = value.divide(STEP);
      unit++;
    }
    var digits = value.round(new MathContext(3)).stripTrailingZeros().toPlainString();
    return digits + " " + UNITS.get(unit);
  }
}
