package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.spec.Json;
import dev.ocij.testing.Certificates;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that keeps signatures itself, as far as its extension is documented.
class SignatureExtensionTest {
  private static final SampleImage IMAGE = SampleImage.oci(1);
  @AutoClose private final MockWebServer server = new MockWebServer();
  private String signatures = "{\"signatures\":[]}";
  private String stored = "";
  private boolean gate;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    var tls =
        new HandshakeCertificates.Builder().heldCertificate(Certificates.forLoopback()).build();
    server.useHttps(tls.sslSocketFactory());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
  }

  @Test
  void signatures_are_read_from_the_registry() throws IOException {
    signatures =
        "{\"signatures\":[%s,%s,%s]}"
            .formatted(entry(2, "atomic", "one"), entry(1, "atomic", "x"), entry(2, "y", "x"));
    try (var source = transport().openSource(name())) {
      assertThat(source.signatures(IMAGE.manifest().digest()))
          .singleElement()
          .isInstanceOfSatisfying(
              Signature.Simple.class, s -> assertThat(s.message()).asString().isEqualTo("one"));
    }
  }

  @Test
  void every_answer_says_so_and_nothing_is_asked_for_it() throws IOException {
    try (var source = transport().openSource(name())) {
      int before = server.getRequestCount();
      assertThat(source.signatures(IMAGE.manifest().digest())).isEmpty();
      // the registry's own list, and the tag of what cosign attaches
      assertThat(server.getRequestCount() - before).isEqualTo(2);
    }
  }

  @Test
  void one_that_says_so_after_a_login_is_heard() throws IOException {
    gate = true;
    signatures = "{\"signatures\":[%s]}".formatted(entry(2, "atomic", "one"));
    var known = new Credential.Password("u", "p");
    try (var source = transport(known).openSource(name())) {
      assertThat(source.signatures(IMAGE.manifest().digest())).hasSize(1);
    }
  }

  @Test
  void a_new_signature_is_stored_there_once() throws IOException {
    signatures = "{\"signatures\":[%s]}".formatted(entry(2, "atomic", "one"));
    try (var sink = transport().openSink(name())) {
      sink.putSignatures(IMAGE.manifest().digest(), List.of(simple("one")));
      assertThat(stored).isEmpty();
      sink.putSignatures(IMAGE.manifest().digest(), List.of(simple("two")));
    }
    var sent = Json.readTree(stored.getBytes(StandardCharsets.UTF_8), "signature");
    assertThat(sent.path("content").binaryValue()).asString().isEqualTo("two");
    assertThat(sent.path("name").asText()).matches(IMAGE.manifest().digest() + "@[0-9a-f]{32}");
    assertThat(sent.path("schemaVersion").asInt()).isEqualTo(2);
  }

  @Test
  void more_than_anybody_could_mean_are_refused() throws IOException {
    var many = Collections.nCopies(101, entry(2, "atomic", "one"));
    signatures = "{\"signatures\":[%s]}".formatted(String.join(",", many));
    try (var source = transport().openSource(name())) {
      assertThatThrownBy(() -> source.signatures(IMAGE.manifest().digest()))
          .hasMessageContaining("more than 100");
    }
  }

  private MockResponse answer(RecordedRequest request) {
    var path = request.getUrl().encodedPath();
    if (gate && request.getHeaders().get("Authorization") == null) {
      return new MockResponse.Builder()
          .code(401)
          .addHeader("WWW-Authenticate", "Basic realm=\"r\"")
          .build();
    }
    var answer =
        new MockResponse.Builder().code(200).addHeader("X-Registry-Supports-Signatures", "1");
    if (path.equals("/v2/")) {
      return answer.build();
    }
    if (path.equals("/v2/team/app/manifests/1")) {
      return answer.body(new Buffer().write(IMAGE.manifest().bytes())).build();
    }
    if (path.equals("/extensions/v2/team/app/signatures/" + IMAGE.manifest().digest())) {
      if (request.getMethod().equals("PUT")) {
        stored = request.getBody() == null ? "" : request.getBody().utf8();
        return answer.code(201).build();
      }
      return answer.body(signatures).build();
    }
    return answer.code(404).build();
  }

  private static Signature simple(String message) {
    return new Signature.Simple(message.getBytes(StandardCharsets.UTF_8));
  }

  private static String entry(int version, String type, String content) {
    var base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return "{\"schemaVersion\":%d,\"name\":\"n\",\"type\":\"%s\",\"content\":\"%s\"}"
        .formatted(version, type, base64);
  }

  private RegistryTransport transport() {
    return transport(null);
  }

  private RegistryTransport transport(@Nullable Credential credential) {
    var environment = new Environment(Map.of(), folder, folder, "65534");
    return new RegistryTransport(
        RegistryOptions.of(environment).withTlsVerify(false).withCredential(credential),
        new BlobLocations());
  }

  private String name() {
    return "//127.0.0.1:%d/team/app:1".formatted(server.getPort());
  }
}
