package dev.ocij.buildah.context;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A remote without the name and password that stood in its URL: everybody on the machine may read
/// the arguments of a program.
///
/// @param authorization what they make of the header of this name; empty where there were none
record GitLogin(String remote, Optional<String> authorization) {
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("(https?://)([^/@:]*):([^/@]*)@(.*)");

  static GitLogin of(String remote) {
    var parts = WITH_PASSWORD.matcher(remote);
    if (!parts.matches()) {
      return new GitLogin(remote, Optional.empty());
    }
    var pair = decoded(parts.group(2)) + ":" + decoded(parts.group(3));
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new GitLogin(parts.group(1) + parts.group(4), Optional.of("Basic " + basic));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return remote;
  }
}
