package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Retries;
import dev.ocij.image.Blob;
import dev.ocij.spec.MediaType;
import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UploadAnswerTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://[, 'the location "http://[" of the upload is no URL'
          ftp://a/, 'the location "ftp://a/" of the upload is no URL'
          """)
  void one_without_a_place_is_told(String location, String told) {
    try (var server = RawServer.answering((request, out) -> answer(request, out, location))) {
      assertThatThrownBy(() -> push(server)).hasMessage("push to %s/a/b: %s", server.host(), told);
    }
  }

  private static void answer(RawServer.Request request, OutputStream out, String location)
      throws IOException {
    RawServer.write(
        out,
        switch (request.method()) {
          case "POST" ->
              "HTTP/1.1 202 Accepted\nContent-Length: 0\nLocation: %s\n\n".formatted(location);
          case "HEAD" -> "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n";
          default -> "HTTP/1.1 200 OK\nContent-Length: 0\n\n";
        });
  }

  private static void push(RawServer server) throws IOException {
    var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
    var options =
        RegistryOptions.of(environment)
            .withTlsVerify(false)
            .withRetries(Retries.system().withSleeper(_ -> {}));
    try (var sink =
        new RegistryTransport(options, new BlobLocations())
            .openSink("//" + server.host() + "/a/b")) {
      sink.put(Blob.of(MediaType.OCI_LAYER, new byte[9]));
    }
  }
}
