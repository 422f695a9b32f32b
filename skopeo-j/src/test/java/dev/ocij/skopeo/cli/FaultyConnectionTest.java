package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.name.Location;
import dev.ocij.testing.FaultyRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that do not stand, or not with whom they should; and faults inside TLS.
class FaultyConnectionTest extends FaultyRegistryCase {

  @BeforeEach
  void an_image_in_it() throws IOException {
    copies.copy(start.oci(StartImages.SINGLE), docker(registry.host(), ":read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get",
        "close,match=blob-get",
        "close,match=manifest-get",
        "empty,match=manifest-get",
        "empty,match=blob-head",
        "reset,match=upload-put",
        "close,match=upload-put",
        "drop-answer,match=manifest-put"
      })
  void a_broken_tls_connection_is_made_again(String fault) throws IOException {
    try (var faulty = FaultyRegistry.setup().tls().before(registry, fault)) {
      var trusting = trusting(faulty);
      trusting.line(docker(faulty.host(), ":read"), copies.layout()).succeeded();
      trusting.line(copies.layout(), docker(faulty.host(), "-written:t")).succeeded();
      assertThat(faulty.fired()).isPositive();
    }
    copies.readWhole(docker(registry.host(), "-written:t"));
  }

  @Test
  void an_unknown_issuer_is_refused() {
    try (var faulty = FaultyRegistry.setup().tls().before(registry)) {
      assertFails(strict(), faulty.host(), "--cert-dir");
      assertThat(faulty.requests()).isEmpty();
    }
  }

  /// Nothing is sent to it in plain text.
  @Test
  void plain_http_is_refused_where_tls_was_asked_for() {
    try (var faulty = FaultyRegistry.before(registry)) {
      assertFails(strict(), faulty.host(), "--tls-verify=false");
      assertThat(faulty.requests()).noneMatch(r -> r.path("path").asText().startsWith("/v2"));
    }
  }

  @Test
  void a_name_that_no_server_has_is_told() {
    assertFails(copies, "registry.invalid", ":read: no such host");
  }

  @Test
  void a_refused_connection_is_told() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertFails(copies, "127.0.0.1:" + port, ":read: connection refused");
  }

  /// The registry has the blob in another repository and does not lend it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mount-refused,match=upload-mount,times=0",
        "status,status=401,match=upload-mount,times=0",
        "status,status=403,match=upload-mount,times=0",
        "status,status=404,match=upload-mount,times=0",
        "status,status=405,match=upload-mount,times=0",
        "status,status=503,match=upload-mount,times=3",
        "drop-answer,match=upload-mount",
        "empty,match=upload-mount"
      })
  void a_refused_mount_is_an_upload(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copies.line(docker(faulty.host(), ":read"), docker(faulty.host(), "-written:t")).succeeded();
      assertThat(faulty.fired()).isPositive();
      assertThat(faulty.summary()).contains("\"mount_before_upload\": true");
    }
    copies.readWhole(docker(registry.host(), "-written:t"));
  }

  private FaultyCopies trusting(FaultyRegistry faulty) {
    return copies.with(copies.registries().withTlsVerify(true).withCertDir(faulty.certificates()));
  }

  private FaultyCopies strict() {
    return copies.with(copies.registries().withTlsVerify(null));
  }

  private void assertFails(FaultyCopies how, String host, String sentence) {
    assertFails(how.line(docker(host, ":read"), copies.layout()), 1);
    assertThat(how.line(docker(host, ":read"), copies.layout()).stderr()).contains(host, sentence);
    assertThatThrownBy(() -> copies.transports().openSource(Location.parse(copies.layout())))
        .hasMessageContaining("no such file");
  }
}
