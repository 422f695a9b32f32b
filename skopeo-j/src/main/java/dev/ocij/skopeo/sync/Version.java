package dev.ocij.skopeo.sync;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// A semantic version, as tags name it: `v1.2.3-rc.1`, parts from the right may be missing.
///
/// @param parts how many numbers were written
/// @param pre the pre-release; empty for a release
record Version(long major, long minor, long patch, int parts, String pre)
    implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile(
          "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::major)
          .thenComparingLong(Version::minor)
          .thenComparingLong(Version::patch)
          .thenComparing(Version::pre, Version::comparePre);

  /// @return empty where the text is no version
  static Optional<Version> parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    int parts = found.group(2) == null ? 1 : found.group(3) == null ? 2 : 3;
    var pre = found.group(4) == null ? "" : found.group(4);
    return Optional.of(
        new Version(
            number(found.group(1)), number(found.group(2)), number(found.group(3)), parts, pre));
  }

  Version nextMajor() {
    return new Version(major + 1, 0, 0, 3, "");
  }

  Version nextMinor() {
    return new Version(major, minor + 1, 0, 3, "");
  }

  Version nextPatch() {
    return new Version(major, minor, patch + 1, 3, "");
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /// A release comes after its pre-releases; numbers are compared as such.
  private static int comparePre(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    var left = one.split("\\.");
    var right = other.split("\\.");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = compareIdentifiers(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareIdentifiers(String one, String other) {
    boolean number = one.matches("\\d{1,18}");
    boolean otherNumber = other.matches("\\d{1,18}");
    if (number && otherNumber) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
  }
}
