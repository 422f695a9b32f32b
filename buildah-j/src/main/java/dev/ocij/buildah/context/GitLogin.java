package dev.ocij.buildah.context;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/// A remote without the name and password that stood in its URL, and what tells them to git: in its
/// environment, for everybody on the machine may read the arguments of a program.
///
/// @param environment of each run of git that talks to the remote
record GitLogin(String remote, Map<String, String> environment) {
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("(https?://)([^/@:]*):([^/@]*)@(.*)");

  static GitLogin of(String remote) {
    var parts = WITH_PASSWORD.matcher(remote);
    if (!parts.matches()) {
      return new GitLogin(remote, Map.of());
    }
    var bare = parts.group(1) + parts.group(4);
    var pair = decoded(parts.group(2)) + ":" + decoded(parts.group(3));
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new GitLogin(
        bare,
        Map.of(
            "GIT_CONFIG_COUNT",
            "1",
            "GIT_CONFIG_KEY_0",
            "http.%s.extraHeader".formatted(bare),
            "GIT_CONFIG_VALUE_0",
            "Authorization: Basic " + basic));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return remote;
  }
}
