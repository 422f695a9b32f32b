package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.config.Environment;
import dev.ocij.testing.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;

/// A registry behind TLS that speaks HTTP/2 is spoken to so: one connection carries all blobs.
class Http2Test {
  @Test
  void is_negotiated() throws IOException, InterruptedException {
    var certificates =
        new HandshakeCertificates.Builder().heldCertificate(Certificates.forLoopback()).build();
    try (var server = new MockWebServer()) {
      server.useHttps(certificates.sslSocketFactory());
      server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
      server.start();
      for (int i = 0; i < 3; i++) {
        server.enqueue(new MockResponse.Builder().body("{\"tags\":[\"a\"]}").build());
      }
      var environment = new Environment(Map.of(), Path.of("/nonexistent"), Path.of("/"), "65534");
      var transport =
          new RegistryTransport(
              RegistryOptions.of(environment).withTlsVerify(false), new BlobLocations());
      var name = "//127.0.0.1:" + server.getPort() + "/a/b";
      assertThat(transport.tags(name)).containsExactly("a");
      assertThat(transport.tags(name)).containsExactly("a");
      var connections = new HashSet<Integer>();
      for (int i = 0; i < 3; i++) {
        var request = server.takeRequest();
        assertThat(request.getVersion()).isEqualTo("HTTP/2");
        connections.add(request.getConnectionIndex());
      }
      assertThat(connections).hasSize(1);
    }
  }
}
