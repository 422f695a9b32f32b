package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Patience;
import dev.ocij.http.Retries;
import dev.ocij.image.Blob;
import dev.ocij.spec.MediaType;
import dev.ocij.testing.Certificates;
import dev.ocij.testing.Http2Server;
import dev.ocij.testing.Http2Server.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A registry that speaks HTTP/2 badly: what breaks off goes on, what floods ends.
@Timeout(150)
class Http2FaultsTest {
  private static final byte[] CONTENT = new byte[1 << 20];
  private static final Blob.Known BLOB;

  static {
    new Random(1).nextBytes(CONTENT);
    BLOB = Blob.of(MediaType.OCI_LAYER, CONTENT);
  }

  @TempDir private Path folder;

  static Stream<SocketEffect> breaks() {
    return Stream.of(
        new SocketEffect.CloseStream(7), // REFUSED_STREAM
        new SocketEffect.CloseStream(2), // INTERNAL_ERROR
        new SocketEffect.CloseStream(8), // CANCEL
        SocketEffect.ShutdownConnection.INSTANCE, // GOAWAY
        new SocketEffect.CloseSocket());
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void a_blob_that_breaks_off_goes_on(SocketEffect broken) throws IOException {
    var asked = new AtomicInteger();
    try (var server = server(new Breaking(broken, asked));
        var source = transport().openSource(name(server.getPort()));
        var in = source.open(BLOB.descriptor())) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
      assertThat(asked.get()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS_HEADERS", "EMPTY_CONTINUATIONS", "PINGS", "SETTINGS"})
  void a_flood_is_given_up(Fault fault) {
    try (var server = Http2Server.with(fault)) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> transport(server).openSource(name(port(server))))
          .hasMessageStartingWith("pull 127.0.0.1")
          .hasMessageNotContaining("status line");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
      assertThat(server.connections()).isBetween(1, 20);
    }
  }

  @Test
  void one_that_opens_no_window_is_given_up() {
    try (var server = Http2Server.with(Fault.CLOSED_WINDOW)) {
      assertThatThrownBy(
              () -> {
                try (var sink = transport(server).openSink(name(port(server)))) {
                  sink.put(BLOB);
                }
              })
          .hasMessageContaining("push")
          .hasMessageNotContaining("status line");
      assertThat(server.connections()).isBetween(1, 20);
    }
  }

  /// Gives the first half of the blob and then breaks; afterwards what is asked for.
  private static final class Breaking extends Dispatcher {
    private final SocketEffect effect;
    private final AtomicInteger asked;

    private Breaking(SocketEffect effect, AtomicInteger asked) {
      super();
      this.effect = effect;
      this.asked = asked;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      var path = request.getUrl().encodedPath();
      if (path.contains("/manifests/")) {
        return new MockResponse.Builder()
            .addHeader("Content-Type", MediaType.OCI_MANIFEST)
            .body(
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1},\"layers\":[]}"
                    .formatted(BLOB.descriptor().digest()))
            .build();
      }
      if (!path.contains("/blobs/")) {
        return new MockResponse.Builder().build();
      }
      var range = request.getHeaders().get("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D*(\\d+)-.*", "$1"));
      var answer =
          new MockResponse.Builder().body(new Buffer().write(CONTENT, from, CONTENT.length - from));
      if (range != null) {
        answer
            .code(206)
            .addHeader(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length));
      }
      if (asked.getAndIncrement() == 0) {
        answer.onResponseBody(effect);
      }
      return answer.build();
    }
  }

  private MockWebServer server(Dispatcher dispatcher) throws IOException {
    var certificate = Certificates.forLoopback();
    Files.writeString(folder.resolve("ca.crt"), certificate.certificatePem());
    var certificates = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    var server = new MockWebServer();
    server.useHttps(certificates.sslSocketFactory());
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    server.setDispatcher(dispatcher);
    server.start();
    return server;
  }

  private static int port(Http2Server server) {
    return Integer.parseInt(server.host().substring("127.0.0.1:".length()));
  }

  private static String name(int port) {
    return "//127.0.0.1:" + port + "/a/b";
  }

  private RegistryTransport transport(Http2Server server) throws IOException {
    Files.writeString(folder.resolve("ca.crt"), server.certificatePem());
    return transport();
  }

  private RegistryTransport transport() {
    var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
    var patience = new Patience(Duration.ofSeconds(4), Duration.ofSeconds(2));
    var retries = Retries.system().withPatience(patience).withSleeper(_ -> {});
    return new RegistryTransport(
        RegistryOptions.of(environment).withCertDir(folder).withRetries(retries),
        new BlobLocations());
  }
}
