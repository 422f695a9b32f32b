package dev.ocij.transport.registry.auth;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
    var answer = ask("get", registry);
    return answer.succeeded() ? Optional.of(credential(answer.text())) : missing(answer);
  }

  void store(String registry, Credential.Password credential) {
    var login =
        Json.object()
            .put("ServerURL", registry)
            .put("Username", credential.user())
            .put("Secret", credential.secret());
    var answer = ask("store", login.toString());
    if (!answer.succeeded()) {
      throw failed(answer);
    }
  }

  /// @return whether the helper knew one
  boolean erase(String registry) {
    if (get(registry).isEmpty()) {
      return false;
    }
    var answer = ask("erase", registry);
    if (!answer.succeeded()) {
      throw failed(answer);
    }
    return true;
  }

  /// The registries that the helper knows credentials of.
  List<String> list() {
    var answer = ask("list", "");
    if (!answer.succeeded()) {
      throw failed(answer);
    }
    return Json.readTree(answer.text(), "credential helper's answer").properties().stream()
        .map(Map.Entry::getKey)
        .toList();
  }

  private Answer ask(String action, String input) {
    var process = start(action);
    try {
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      var text = process.getInputStream().readNBytes(Json.LARGEST_DOCUMENT);
      return new Answer(process.waitFor() == 0, text);
    } catch (IOException e) {
      throw failed(Reason.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private Process start(String action) {
    try {
      return new ProcessBuilder("docker-credential-" + suffix, action)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw failed("it cannot be started: %s; is it installed?".formatted(Reason.of(e)));
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

  private Optional<Credential> missing(Answer answer) {
    if (answer.said().startsWith(NOT_FOUND)) {
      return Optional.empty();
    }
    throw failed(answer);
  }

  private OciException failed(Answer answer) {
    return failed(Quoted.of(answer.said()));
  }

  private OciException failed(String found) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "ask docker-credential-%s: %s".formatted(suffix, found));
  }

  /// @param text what the program printed
  private record Answer(boolean succeeded, byte[] text) {
    String said() {
      return new String(text, StandardCharsets.UTF_8).strip();
    }
  }
}
