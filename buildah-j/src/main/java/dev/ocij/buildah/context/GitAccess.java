package dev.ocij.buildah.context;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How servers of repositories are reached. Two secrets are for these, as docker has it:
/// `GIT_AUTH_HEADER` is all that the header `Authorization` says, `GIT_AUTH_TOKEN` a token. With a
/// dot and a host at its end, a secret is for that host, and comes before others. Who is named in
/// the address of a repository comes before all of them.
///
/// @param verified whether servers must have good certificates
/// @param secrets content by id
public record GitAccess(boolean verified, Map<String, byte[]> secrets) {
  /// Good certificates, and no secrets.
  public static final GitAccess USUAL = new GitAccess(true, Map.of());

  private static final Pattern SERVER = Pattern.compile("(https?://([^/@]+))/.*");
  private static final String HEADER = "GIT_AUTH_HEADER";
  private static final String TOKEN = "GIT_AUTH_TOKEN";

  /// Settings of git for this remote. No other server is sent its secrets.
  Map<String, String> settings(GitLogin login) {
    var settings = new LinkedHashMap<String, String>();
    if (!verified) {
      settings.put("http.sslVerify", "false");
    }
    var server = SERVER.matcher(login.remote());
    if (server.matches()) {
      login
          .authorization()
          .or(() -> authorization(server.group(2)))
          .ifPresent(value ->
              settings.put(
                  "http.%s/.extraHeader".formatted(server.group(1)), "Authorization: " + value));
    }
    return settings;
  }

  private Optional<String> authorization(String host) {
    return Stream.of("." + host, "")
        .flatMap(suffix -> Stream.of(text(HEADER + suffix), text(TOKEN + suffix).map(this::basic)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> text(String id) {
    return Optional.ofNullable(secrets.get(id))
        .map(content -> new String(content, StandardCharsets.UTF_8).strip());
  }

  /// As servers take tokens that do not ask for a name.
  private String basic(String token) {
    var pair = ("x-access-token:" + token).getBytes(StandardCharsets.UTF_8);
    return "basic " + Base64.getEncoder().encodeToString(pair);
  }
}
