package dev.ocij.buildah.context.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.context.cloud.CloudStandIn.Answer;
import dev.ocij.buildah.context.cloud.CloudStandIn.Asked;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleStoreTest {
  private static final String STORE = "storage.googleapis.com";
  private static final String TOKENS = "oauth2.googleapis.com";
  private static final String OBJECT = "gs://bucket/a/b c.tar.gz";
  private static final String TARGET = "/storage/v1/b/bucket/o/a%2Fb%20c.tar.gz?alt=media";
  private static final int KEY_BITS = 2048;

  @TempDir private Path folder;

  @Test
  void a_service_account_signs_a_claim() throws IOException, GeneralSecurityException {
    var keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(KEY_BITS);
    var pair = keys.generateKeyPair();
    try (var cloud = cloud(TOKENS, STORE)) {
      var file = serviceAccount(pair, "https://" + TOKENS + "/token");
      assertThat(fetch(cloud, file).of(OBJECT)).isEqualTo("content");
      var token = cloud.asked().getFirst();
      assertThat(token.target()).isEqualTo("/token");
      var form = form(token);
      assertThat(form)
          .containsOnlyKeys("grant_type", "assertion")
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
      var parts = form.getOrDefault("assertion", "").split("\\.");
      assertThat(json(parts[0]).toString())
          .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
      var claims = json(parts[1]);
      assertThat(claims.path("iss").asText()).isEqualTo("robot@example.test");
      assertThat(claims.path("aud").asText()).isEqualTo("https://" + TOKENS + "/token");
      assertThat(claims.path("scope").asText()).endsWith("/auth/devstorage.read_only");
      assertThat(claims.path("iat").asLong()).isEqualTo(CloudFetch.NOW.getEpochSecond());
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
      var judge = Signature.getInstance("SHA256withRSA");
      judge.initVerify(pair.getPublic());
      judge.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      assertThat(judge.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
      assertAsked(cloud.asked().getLast(), "Bearer given");
    }
  }

  @Test
  void a_user_has_a_token_for_tokens() throws IOException {
    var text =
        """
        {"type":"authorized_user","client_id":"i","client_secret":"s","refresh_token":"r+"}
        """;
    Files.createDirectories(folder.resolve(".config/gcloud"));
    Files.writeString(folder.resolve(".config/gcloud/application_default_credentials.json"), text);
    try (var cloud = cloud(TOKENS, STORE)) {
      assertThat(new CloudFetch(cloud, folder, Map.of()).of(OBJECT)).isEqualTo("content");
      assertThat(form(cloud.asked().getFirst()))
          .isEqualTo(
              Map.of(
                  "grant_type",
                  "refresh_token",
                  "client_id",
                  "i",
                  "client_secret",
                  "s",
                  "refresh_token",
                  "r+"));
      assertAsked(cloud.asked().getLast(), "Bearer given");
    }
  }

  /// It is never asked through a proxy.
  @Test
  void a_machine_of_google_has_an_account() throws IOException {
    try (var cloud = cloud(STORE)) {
      var variables = Map.of("GCE_METADATA_HOST", cloud.host());
      assertThat(new CloudFetch(cloud, folder, variables).of(OBJECT)).isEqualTo("content");
      var token = cloud.asked().getFirst();
      assertThat(token.target())
          .isEqualTo("/computeMetadata/v1/instance/service-accounts/default/token");
      assertThat(token.header("metadata-flavor")).isEqualTo("Google");
      assertAsked(cloud.asked().getLast(), "Bearer given");
    }
  }

  @Test
  void an_emulator_knows_nobody() throws IOException {
    try (var cloud = cloud()) {
      var variables =
          Map.of(
              "STORAGE_EMULATOR_HOST",
              cloud.host(),
              "NO_PROXY",
              "127.0.0.1",
              "GOOGLE_APPLICATION_CREDENTIALS",
              "/none");
      assertThat(new CloudFetch(cloud, folder, variables).of(OBJECT)).isEqualTo("content");
      assertThat(cloud.asked()).hasSize(1);
      assertAsked(cloud.asked().getFirst(), "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"external_account"} | read Google credentials FILE: credentials of the type "external_account" are not implemented yet
          {"type":"service_account","client_email":"a","private_key":"secret","token_uri":"http://evil.example/"} | ask for a token of the Google account: its token_uri "http://evil.example/" is not of https, and would show it to others
          {"type":"service_account","client_email":"a@b","private_key":"secret"} | sign as a@b: its private_key is no RSA key in PEM
          """)
  void credentials_that_will_not_do_are_told(String json, String sentence) throws IOException {
    var file = Files.writeString(folder.resolve("key.json"), json);
    try (var cloud = cloud(TOKENS, STORE, "evil.example")) {
      assertThatThrownBy(() -> fetch(cloud, file).of(OBJECT))
          .isInstanceOf(OciException.class)
          .hasMessage(sentence.replace("FILE", file.toString()));
      assertThat(cloud.asked()).isEmpty();
    }
  }

  @Test
  void a_refusal_is_told() throws IOException {
    var answer =
        Answer.of(403, "{\"error\":{\"code\":403,\"message\":\"a@b does not have access.\\nx\"}}");
    try (var cloud = CloudStandIn.open(folder, _ -> answer)) {
      var variables = Map.of("STORAGE_EMULATOR_HOST", cloud.host(), "NO_PROXY", "127.0.0.1");
      assertThatThrownBy(() -> new CloudFetch(cloud, folder, variables).of(OBJECT))
          .hasMessage("fetch gs://bucket/a/b%20c.tar.gz: \"a@b does not have access.\" (403)");
    }
  }

  private static void assertAsked(Asked asked, String authorization) {
    assertThat(asked.target()).isEqualTo(TARGET);
    assertThat(asked.header("authorization")).isEqualTo(authorization);
  }

  private CloudFetch fetch(CloudStandIn cloud, Path file) {
    return new CloudFetch(cloud, folder, Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()));
  }

  private CloudStandIn cloud(String... hosts) throws IOException {
    return CloudStandIn.open(
        folder,
        asked ->
            Answer.of(
                200, asked.target().contains("token") ? "{\"access_token\":\"given\"}" : "content"),
        hosts);
  }

  private Path serviceAccount(KeyPair pair, String tokenUri) throws IOException {
    var pem =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
    var json =
        Json.object()
            .put("type", "service_account")
            .put("client_email", "robot@example.test")
            .put("private_key_id", "k1")
            .put("private_key", pem)
            .put("token_uri", tokenUri);
    return Files.write(folder.resolve("key.json"), Json.write(json));
  }

  private static JsonNode json(String part) {
    return Json.readTree(Base64.getUrlDecoder().decode(part), "part of a claim");
  }

  private static Map<String, String> form(Asked asked) {
    return Arrays.stream(asked.body().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }
}
