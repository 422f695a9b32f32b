package dev.ocij.buildah.text;

import java.util.regex.Pattern;

/// Lines without the names and passwords in their web addresses, to be shown to people and kept in
/// logs.
public final class HiddenLogins {
  private static final Pattern LOGIN = Pattern.compile("(?<=https?://)[^/@\\s\"']*@");

  private HiddenLogins() {}

  public static String without(String line) {
    return LOGIN.matcher(line).replaceAll("");
  }

  /// Of the same length, for whoever points into it.
  static String masked(String line) {
    return LOGIN.matcher(line).replaceAll(login -> "*".repeat(login.group().length() - 1) + "@");
  }
}
