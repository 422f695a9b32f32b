package dev.ocij.buildah.cli;

import dev.ocij.term.ThreeDigits;
import java.math.RoundingMode;
import java.util.List;

/// Sizes as buildah's tables have them: three digits, half up, steps of 1024.
final class BinarySize {
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final int STEP = 1024;

  private BinarySize() {}

  static String of(long bytes) {
    int unit = 0;
    long whole = 1;
    while (bytes / whole >= STEP && unit < UNITS.size() - 1) {
      whole *= STEP;
      unit++;
    }
    return ThreeDigits.of(bytes, whole, RoundingMode.HALF_UP) + " " + UNITS.get(unit);
  }
}
