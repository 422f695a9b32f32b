package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Retries;
import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What comes between the chunks of an answer does not fill the memory.
@Timeout(60)
class InflowTest {
  private static final long FAR_TOO_MUCH = 1L << 33;

  @Test
  void an_extension_of_a_chunk_ends_where_we_say() {
    refused(ServerSocketFactory.getDefault());
  }

  @Test
  void as_it_does_in_tls() {
    try (var registry = new TlsRegistry()) {
      refused(registry.certificates().sslContext().getServerSocketFactory());
    }
  }

  private static void refused(ServerSocketFactory sockets) {
    try (var server = RawServer.answering(sockets, (_, out) -> flood(out))) {
      assertThatThrownBy(() -> transport().openSource("//" + server.host() + "/a/b"))
          .hasMessageStartingWith("pull " + server.host() + "/a/b:latest: ")
          .hasMessageContaining("bytes came, and none of them were of the body");
    }
  }

  private static void flood(OutputStream out) throws IOException {
    RawServer.write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;");
    var piece = new byte[1 << 16];
    for (long sent = 0; sent < FAR_TOO_MUCH; sent += piece.length) {
      out.write(piece);
    }
  }

  private static RegistryTransport transport() {
    var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
    var retries = Retries.system().withSleeper(_ -> {});
    var options = RegistryOptions.of(environment).withTlsVerify(false).withRetries(retries);
    return new RegistryTransport(options, new BlobLocations());
  }
}
