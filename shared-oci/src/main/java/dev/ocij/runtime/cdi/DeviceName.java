package dev.ocij.runtime.cdi;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.regex.Pattern;

/// `VENDOR/CLASS=NAME`; what is wanted may be `*` for all of a kind, or leave the name out for the
/// first.
///
/// @param kind vendor and class; the class alone where there is no slash
/// @param device empty for the first
public record DeviceName(String kind, String device) {
  static final String ALL = "*";
  private static final String WORD = "[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?";
  private static final Pattern KIND = Pattern.compile("[A-Za-z]" + "(?:[A-Za-z0-9_.-]*)/" + WORD);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.:-]*)|\\*");
  private static final Pattern CLASS = Pattern.compile(WORD);

  /// Whether an option means such a name, and no path.
  public static boolean isOne(String text) {
    int equals = text.indexOf('=');
    return equals > 0 && KIND.matcher(text.substring(0, equals)).matches();
  }

  public static DeviceName parse(String text) {
    int equals = text.indexOf('=');
    var kind = equals < 0 ? text : text.substring(0, equals);
    var device = equals < 0 ? "" : text.substring(equals + 1);
    boolean known = KIND.matcher(kind).matches() || (equals < 0 && CLASS.matcher(kind).matches());
    if (!known || (equals >= 0 && !NAME.matcher(device).matches())) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid device %s: expected VENDOR/CLASS=NAME".formatted(Quoted.of(text)));
    }
    return new DeviceName(kind, device);
  }

  /// Whether the kind is a class alone, which devices are given by an annotation.
  boolean isClass() {
    return !kind.contains("/");
  }

  static boolean isKind(String text) {
    return KIND.matcher(text).matches();
  }

  @Override
  public String toString() {
    return device.isEmpty() ? kind : kind + "=" + device;
  }
}
