package dev.ocij.transport.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.config.CredentialHelpers;
import dev.ocij.config.Environment;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The credentials that stay after a login: in a file, or with the helper that the file or
/// registries.conf names.
///
/// @param file where entries are written
/// @param helpers as configured, among them [CredentialHelpers#FILES]
/// @param docker whether the file is one of Docker's, which has other keys
public record Logins(Path file, List<String> helpers, boolean docker) {
  private static final String DOCKER_KEY = "https://index.docker.io/v1/";

  public Logins {
    helpers = List.copyOf(helpers);
  }

  /// @param authfile the file that was named; null for the usual one
  /// @param dockerFile a file of Docker's that was named in its place; null for none
  public static Logins of(
      @Nullable Path authfile, @Nullable Path dockerFile, Environment environment) {
    if (authfile != null && dockerFile != null) {
      throw new OciException(
          OciException.Category.USAGE,
          "options for paths to the credential file and to the Docker-compatible credential file"
              + " can not be set simultaneously: --authfile, --compat-auth-file");
    }
    return dockerFile == null
        ? new Logins(
            Credentials.files(authfile, environment).getFirst(),
            CredentialHelpers.of(environment),
            false)
        : new Logins(dockerFile, List.of(CredentialHelpers.FILES), true);
  }

  /// Keeps a credential in place of an older one.
  ///
  /// @return the file or helper that has it now
  public String keep(LoginKey key, Credential.Password credential) {
    var helper = helper(key);
    if (helper.isPresent()) {
      helper.get().store(key.toString(), credential);
      return helper.get().suffix();
    }
    var pair = credential.user() + ":" + credential.secret();
    var auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    JsonNode entry = Json.object().put("auth", auth);
    new AuthFileEdit(file).change(entries -> entries.put(name(key), entry));
    return file.toString();
  }

  /// Forgets a credential.
  ///
  /// @return whether there was one under exactly this key
  public boolean forget(LoginKey key) {
    var helper = helper(key);
    if (helper.isPresent()) {
      return helper.get().erase(key.toString());
    }
    var known = new AtomicBoolean();
    if (AuthFile.read(file).isPresent()) {
      new AuthFileEdit(file).change(entries -> known.set(entries.remove(name(key)) != null));
    }
    return known.get();
  }

  /// Forgets all credentials, of the file and of the helpers.
  public void forgetAll() {
    programs().forEach(helper -> helper.list().forEach(helper::erase));
    AuthFile.read(file)
        .ifPresent(auth ->
            auth.helpers().stream()
                .map(CredentialHelper::new)
                .forEach(helper -> helper.list().forEach(helper::erase)));
    new AuthFileEdit(file).change(entries -> entries.clear());
  }

  private List<CredentialHelper> programs() {
    return helpers.stream()
        .filter(name -> !name.equals(CredentialHelpers.FILES))
        .map(CredentialHelper::new)
        .toList();
  }

  /// Who keeps this one: the file's own choice, else the first that is configured.
  private Optional<CredentialHelper> helper(LoginKey key) {
    var chosen = AuthFile.read(file).flatMap(auth -> auth.helper(key.registry()));
    return chosen
        .or(() -> Optional.of(helpers.getFirst()))
        .filter(name -> !name.equals(CredentialHelpers.FILES))
        .map(CredentialHelper::new);
  }

  private String name(LoginKey key) {
    if (docker && !key.path().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "log in to %s: Docker's file knows registries only; name %s"
              .formatted(key, key.registry()));
    }
    return docker && key.registry().equals("docker.io") ? DOCKER_KEY : key.toString();
  }
}
