package dev.ocij.buildah.cli;

import java.util.List;

/// Sizes as buildah's tables have them: three digits, half up, steps of 1024.
final class BinarySize {
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final int STEP = 1024;
  private static final int MOST = 1000; // more than three digits

  private BinarySize() {}

  static String of(long bytes) {
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
    long tens = 1;
    for (; bytes / whole / tens >= MOST; tens *= 10) {}
    if (tens > 1) {
      return Long.toString((bytes / whole + tens / 2) / tens * tens);
    }
    int decimals = 0;
    long parts = 1;
    for (; bytes / whole * parts < MOST / 10 && parts < whole; parts *= 10) {
      decimals++;
    }
    long number = bytes / whole * parts + (bytes % whole * parts * 2 + whole) / (2 * whole);
    for (; decimals > 0 && number % 10 == 0; decimals--) {
      number /= 10;
    }
    var shown = new StringBuilder().append(number);
    return decimals == 0
        ? shown.toString()
        : shown.insert(shown.length() - decimals, '.').toString();
  }
}
