package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Retries;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A registry that never gives a whole blob is given up, in one sentence that tells of which blob
/// how much came.
@Timeout(60)
class BrokenBlobTest {
  private static final Descriptor BLOB = Descriptor.of(MediaType.OCI_LAYER, new byte[248]);
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"%s","config":
       {"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[]}
      """
          .formatted(MediaType.OCI_MANIFEST.value(), BLOB.digest());

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Content-Length: 248,        unexpected end of stream
          Content-Length: 54,         unexpected end of stream
          Transfer-Encoding: chunked, unexpected end of stream
          """)
  void is_told_once_with_its_repository(String length, String found) {
    try (var server = RawServer.answering((request, out) -> answer(request, out, length))) {
      assertThatThrownBy(() -> read(server))
          .isInstanceOf(OciException.class)
          .hasMessage(
              "pull %s/a/b@%s: the connection broke after 54 of 248 bytes: %s",
              server.host(), BLOB.digest(), found);
    }
  }

  private static void answer(RawServer.Request request, OutputStream out, String length)
      throws IOException {
    if (request.target().contains("/manifests/")) {
      RawServer.write(
          out, "HTTP/1.1 200 OK\nContent-Type: %s\n\n".formatted(MediaType.OCI_MANIFEST.value()));
      out.write(MANIFEST.getBytes(StandardCharsets.US_ASCII));
    } else if (request.target().contains("/blobs/")) {
      RawServer.write(out, "HTTP/1.1 200 OK\n%s\n\n".formatted(length));
      RawServer.write(out, length.startsWith("Transfer") ? "36\n" : "");
      out.write(new byte[54]);
    } else {
      RawServer.write(out, "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    }
  }

  private static void read(RawServer server) throws IOException {
    var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
    var retries = Retries.system().withSleeper(_ -> {});
    var options = RegistryOptions.of(environment).withTlsVerify(false).withRetries(retries);
    try (var source =
            new RegistryTransport(options, new BlobLocations())
                .openSource("//" + server.host() + "/a/b");
        var in = source.open(BLOB)) {
      in.readAllBytes();
    }
  }
}
