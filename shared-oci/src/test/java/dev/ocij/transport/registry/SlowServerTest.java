package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Patience;
import dev.ocij.http.Retries;
import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers that send hardly anything, or stop.
@Timeout(120)
class SlowServerTest {
  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final int SLOWEST = 512;
  private static final int SIZE = 2000;
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":
       {"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[]}
      """
          .formatted(Descriptor.of(MediaType.OCI_CONFIG, new byte[2]).digest());

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'HTTP/1.1 200 OK\\nx-a: 1'
          'HTTP/1.1 200 OK\\nContent-Length: 100000\\n\\n{'
          'HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n1;a='
          'HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n2710\\r\\n'
          'HTTP/1.1 404 Not Found\\nContent-Length: 99999\\n\\n{'
          """)
  void one_that_drips_is_given_up(String begin) {
    try (var server = RawServer.answering((_, out) -> drip(out, begin))) {
      assertThatThrownBy(() -> transport().openSource("//" + server.host() + "/a/b"))
          .hasMessageStartingWith("pull " + server.host() + "/a/b:latest: ");
      assertThat(server.requests()).isLessThan(6);
    }
  }

  private static void drip(OutputStream out, String begin)
      throws IOException, InterruptedException {
    RawServer.write(out, begin.translateEscapes());
    for (int sent = 0; sent < 1000; sent++) {
      Thread.sleep(50); // shorter than what counts as silence
      out.write('1');
      out.flush();
    }
  }

  @Test
  void a_blob_that_drips_is_given_up() {
    try (var server = RawServer.answering(SlowServerTest::drippingBlob)) {
      assertThatThrownBy(() -> readBlob(server))
          .hasMessageContaining("the connection broke after")
          .hasMessageContaining("bytes came in");
      assertThat(server.requests()).isLessThan(6);
    }
  }

  @Test
  void a_blob_that_falls_silent_is_given_up() {
    try (var server = RawServer.answering(SlowServerTest::silentBlob)) {
      assertThatThrownBy(() -> readBlob(server))
          .hasMessageContaining("the connection broke after 1 of 2000 bytes");
      assertThat(server.requests()).isLessThan(6);
    }
  }

  @Test
  void one_that_takes_nothing_is_given_up() {
    try (var server = RawServer.answering(SlowServerTest::takingNothing)) {
      var blob = Blob.of(MediaType.OCI_LAYER, new byte[32 << 20]);
      assertThatThrownBy(
              () -> {
                try (var sink = transport().openSink("//" + server.host() + "/a/b")) {
                  sink.put(blob);
                }
              })
          .hasMessageContaining("push");
      assertThat(server.requests()).isLessThan(12);
    }
  }

  private static void readBlob(RawServer server) throws IOException {
    var blob = Descriptor.of(MediaType.OCI_LAYER, new byte[SIZE]);
    try (var source = transport().openSource("//" + server.host() + "/a/b");
        var in = source.open(blob)) {
      in.readAllBytes();
    }
  }

  private static void silentBlob(RawServer.Request request, OutputStream out)
      throws IOException, InterruptedException {
    if (request.target().contains("/blobs/")) {
      RawServer.write(out, "HTTP/1.1 200 OK\nContent-Length: %d\n\n1".formatted(SIZE));
      out.flush();
      Thread.sleep(SILENCE.multipliedBy(50)); // longer than anybody waits
    } else {
      withoutBlob(request, out);
    }
  }

  private static void drippingBlob(RawServer.Request request, OutputStream out)
      throws IOException, InterruptedException {
    if (request.target().contains("/blobs/")) {
      drip(out, "HTTP/1.1 200 OK\nContent-Length: %d\n\n1".formatted(SIZE));
    } else {
      withoutBlob(request, out);
    }
  }

  private static void withoutBlob(RawServer.Request request, OutputStream out) throws IOException {
    if (request.target().contains("/manifests/")) {
      RawServer.write(
          out, "HTTP/1.1 200 OK\nContent-Type: %s\n\n".formatted(MediaType.OCI_MANIFEST.value()));
      out.write(MANIFEST.getBytes(StandardCharsets.US_ASCII));
    } else {
      RawServer.write(out, "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    }
  }

  /// Its answer to a body is a byte read now and then.
  private static void takingNothing(RawServer.Request request, OutputStream out)
      throws IOException, InterruptedException {
    switch (request.method()) {
      case "POST" -> RawServer.write(out, "HTTP/1.1 202 Accepted\nLocation: /upload\n\n");
      case "PUT" -> {
        while (request.body().read() >= 0) {
          // Takes what little the socket holds, and never answers: the silence is what is tested.
          Thread.sleep(50);
        }
      }
      case "HEAD" -> RawServer.write(out, "HTTP/1.1 404 Not Found\n\n");
      default -> RawServer.write(out, "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    }
  }

  private static RegistryTransport transport() {
    var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
    var patience = new Patience(Duration.ofSeconds(4), SILENCE, SLOWEST);
    var retries = Retries.system().withSleeper(_ -> {}).withPatience(patience);
    var options = RegistryOptions.of(environment).withTlsVerify(false).withRetries(retries);
    return new RegistryTransport(options, new BlobLocations());
  }
}
