package dev.ocij.term;

import java.math.BigInteger;
import java.math.RoundingMode;

/// Quotients in three digits, as tables of sizes have them: `1.99`, `12.5`, `120`.
///
/// Not by BigDecimal, which computes a table first, for longer than most commands take.
public final class ThreeDigits {
  private static final int DIGITS = 3;

  private ThreeDigits() {}

  /// A fraction does not end with zeros.
  ///
  /// @param unit no more than the amount, or 1
  /// @param half where one goes: `HALF_EVEN`, or `HALF_UP`
  public static String of(long amount, long unit, RoundingMode half) {
    int missing = DIGITS - Long.toString(amount / unit).length();
    int decimals = amount % unit == 0 ? Math.min(0, missing) : missing;
    var by = BigInteger.valueOf(unit).multiply(power(-decimals));
    var parts = BigInteger.valueOf(amount).multiply(power(decimals)).divideAndRemainder(by);
    int above = parts[1].shiftLeft(1).compareTo(by);
    boolean up = above > 0 || (above == 0 && (half == RoundingMode.HALF_UP || parts[0].testBit(0)));
    var digits = new StringBuilder(parts[0].add(up ? BigInteger.ONE : BigInteger.ZERO).toString());
    if (decimals <= 0) {
      return digits.append("0".repeat(-decimals)).toString();
    }
    digits.insert(digits.length() - decimals, '.');
    return digits.toString().replaceFirst("\\.?0*$", "");
  }

  /// Of ten; 1 for none.
  private static BigInteger power(int exponent) {
    return BigInteger.TEN.pow(Math.max(0, exponent));
  }
}
