package dev.ocij.buildah.context.cloud;

import dev.ocij.config.Environment;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.transport.registry.RegistryException;
import dev.ocij.transport.registry.WebFiles;
import dev.ocij.transport.registry.WebRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who asks Google's services, as their tools look it up: a file of credentials, else the machine's
/// own account where it has one of Google's, else nobody.
record GoogleAccount(WebFiles web, InstantSource clock) {
  static final String TOKENS = "https://oauth2.googleapis.com/token";

  private static final String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";
  private static final String WELL_KNOWN = "gcloud/application_default_credentials.json";
  private static final String ATTEMPT = "ask for a token of the Google account";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// That of the metadata server; a name could lead elsewhere.
  private static final String METADATA = "169.254.169.254";

  /// @return empty where nobody asks: some objects are for everybody
  Optional<String> token() throws IOException {
    var environment = web.environment();
    var file =
        environment
            .variable(VARIABLE)
            .map(Path::of)
            .or(() -> Optional.of(environment.userConfig().resolve(WELL_KNOWN)))
            .filter(path -> environment.variable(VARIABLE).isPresent() || Files.exists(path));
    return file.isPresent()
        ? Optional.of(token(web.ask(ofFile(file.get()))))
        : machineToken(environment);
  }

  private WebRequest ofFile(Path file) {
    var content = read(file);
    var what = "Google credentials " + file;
    var type = Json.readTree(content, what).path("type").asText();
    return switch (type) {
      case "service_account" -> {
        var account = Json.read(content, GoogleServiceAccount::from, what);
        yield WebRequest.get(ATTEMPT, trusted(account.tokenUri()))
            .posting(account.form(clock.instant()));
      }
      case "authorized_user" ->
          WebRequest.get(ATTEMPT, TOKENS).posting(Json.read(content, GoogleAccount::refresh, what));
      default ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "read %s: credentials of the type %s are not implemented yet"
                  .formatted(what, Quoted.of(type)));
    };
  }

  private static Map<String, String> refresh(FieldReader user) {
    return Map.of(
        "grant_type",
        "refresh_token",
        "client_id",
        user.required("client_id"),
        "client_secret",
        user.required("client_secret"),
        "refresh_token",
        user.required("refresh_token"));
  }

  /// What is signed is a password for an hour.
  private static String trusted(String url) {
    var uri = URI.create(url);
    boolean here = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    if (!"https".equals(uri.getScheme()) && !here) {
      throw new OciException(
          OciException.Category.REJECTED,
          "%s: its token_uri %s is not of https, and would show it to others"
              .formatted(ATTEMPT, Quoted.of(url)));
    }
    return url;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read Google credentials %s: %s".formatted(file, Reason.of(e)),
          e);
    }
  }

  /// The machine's own account, where somebody says that there is one, or it answers.
  private Optional<String> machineToken(Environment environment) throws IOException {
    var named = environment.variable("GCE_METADATA_HOST");
    var url =
        "http://%s/computeMetadata/v1/instance/service-accounts/default/token"
            .formatted(named.orElse(METADATA));
    var request = WebRequest.get(ATTEMPT, url).with("Metadata-Flavor", "Google").nearby();
    if (named.isPresent()) {
      return Optional.of(token(web.ask(request)));
    }
    try {
      return Optional.of(token(web.ask(request)));
    } catch (IOException | RegistryException _) {
      return Optional.empty(); // no machine of Google's, or one without an account
    }
  }

  private static String token(byte[] answer) {
    return Json.read(answer, json -> json.required("access_token"), "token of the Google account");
  }
}
