package dev.ocij.transport.registry.auth;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// A program `docker-credential-<suffix>` that keeps secrets: Docker's helper protocol.
record CredentialHelper(String suffix) {
  private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String TOKEN_USER = "<token>";
  private static final String NOT_FOUND = "credentials not found in native keychain";

  CredentialHelper {
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new OciException(
          OciException.Category.INVALID,
          "invalid name of a credential helper: %s".formatted(Quoted.of(suffix)));
    }
  }

  /// @return empty where the helper knows none
  Optional<Credential> get(String registry) {
    try {
      var process = new ProcessBuilder("docker-credential-" + suffix, "get").start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(registry);
      }
      var answer = process.getInputStream().readNBytes(Json.LARGEST_DOCUMENT);
      return process.waitFor() == 0 ? Optional.of(credential(answer)) : missing(answer);
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static Credential credential(byte[] answer) {
    var root = Json.readTree(answer, "credential helper's answer");
    var user = root.path("Username").asText("");
    var secret = root.path("Secret").asText("");
    return user.equals(TOKEN_USER)
        ? new Credential.IdentityToken(secret)
        : new Credential.Password(user, secret);
  }

  private Optional<Credential> missing(byte[] answer) {
    var text = new String(answer, StandardCharsets.UTF_8).strip();
    if (text.startsWith(NOT_FOUND)) {
      return Optional.empty();
    }
    throw failed(Quoted.of(text));
  }

  private OciException failed(String found) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "ask docker-credential-%s: %s".formatted(suffix, found));
  }
}
