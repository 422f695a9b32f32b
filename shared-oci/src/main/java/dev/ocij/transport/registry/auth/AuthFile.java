package dev.ocij.transport.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// A file of credentials: containers-auth.json(5), also as Docker writes it.
record AuthFile(JsonNode root) {
  /// The name of a file of Docker's early days, which has entries only.
  static final String LEGACY = ".dockercfg";

  /// @return empty where there is no such file
  static Optional<AuthFile> read(Path file) {
    try {
      var root = Json.readTree(Files.readAllBytes(file), file.toString());
      return Optional.of(new AuthFile(file.endsWith(LEGACY) ? legacy(root) : root));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  private static JsonNode legacy(JsonNode entries) {
    return Json.object().set("auths", entries);
  }

  /// The helper program that holds the credentials of a registry.
  Optional<String> helper(String registry) {
    var helper = root.path("credHelpers").path(registry).asText("");
    var any = helper.isEmpty() ? root.path("credsStore").asText("") : helper;
    return Optional.of(any).filter(name -> !name.isEmpty());
  }

  /// All helpers that the file names.
  List<String> helpers() {
    var names = new LinkedHashSet<String>();
    root.path("credHelpers").properties().forEach(entry -> names.add(entry.getValue().asText("")));
    names.add(root.path("credsStore").asText(""));
    return names.stream().filter(name -> !name.isEmpty()).toList();
  }

  /// The credential under the longest key that is the registry or a path below it.
  Optional<Credential> credential(String registry, String path) {
    for (var key : keys(registry, path)) {
      for (var entry : root.path("auths").properties()) {
        if (normal(entry.getKey()).equals(key)) {
          var found = credential(entry.getKey(), entry.getValue());
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /// What may name a repository, the most specific first: whole components only.
  private static List<String> keys(String registry, String path) {
    var keys = new ArrayList<String>();
    for (var rest = path; !rest.isEmpty(); ) {
      keys.add(registry + "/" + rest);
      rest = rest.substring(0, Math.max(0, rest.lastIndexOf('/')));
    }
    keys.add(registry);
    return keys;
  }

  /// Docker once wrote URLs: without scheme and API version they are host names.
  private static String normal(String key) {
    var host = key.replaceFirst("^https?://", "").replaceFirst("/(?:v[12]/?)?$", "");
    return host.equals("index.docker.io") || host.equals("registry-1.docker.io")
        ? "docker.io"
        : host;
  }

  private static Optional<Credential> credential(String key, JsonNode entry) {
    var identity = entry.path("identitytoken").asText("");
    if (!identity.isEmpty()) {
      return Optional.of(new Credential.IdentityToken(identity));
    }
    var auth = entry.path("auth").asText("");
    return auth.isEmpty() ? Optional.empty() : Optional.of(password(key, auth));
  }

  private static Credential password(String key, String auth) {
    try {
      var pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon >= 0) {
        return new Credential.Password(
            pair.substring(0, colon), pair.substring(colon + 1).replaceFirst("\0+$", ""));
      }
    } catch (IllegalArgumentException _) {
      // told below, without the text: it may be a secret
    }
    throw new OciException(
        OciException.Category.INVALID,
        "read credentials of %s: expected base64 of name:password".formatted(key));
  }
}
