package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.TlsDetails;
import dev.ocij.http.LimitedSockets;
import dev.ocij.http.Unreachable;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom we believe, who we are, and how we speak, over TLS.
class TlsTest {
  @TempDir private Path folder;

  @Test
  void a_client_certificate_is_shown_where_one_is_demanded() throws IOException {
    try (var registry = new TlsRegistry()) {
      registry.server.requireClientAuth();
      registry.https();
      registry.writeCertificates(folder);
      var options = TlsRegistry.options(folder, Map.of()).withCertDir(folder);
      assertThatThrownBy(() -> TlsRegistry.read(options, registry.host()));
      registry.writeClient(folder);
      assertThat(TlsRegistry.read(options, registry.host())).isEqualTo(registry.digest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".config/containers/certs.d", "etc/containers/certs.d", "etc/docker/certs.d"})
  void certificates_of_a_registry_are_found_by_its_name(String place) throws IOException {
    try (var registry = new TlsRegistry()) {
      registry.server.requireClientAuth();
      registry.https();
      var options = TlsRegistry.options(folder, Map.of());
      var certs = folder.resolve(place).resolve(registry.host());
      registry.writeCertificates(folder.resolve(place).resolve("localhost"));
      registry.writeClient(folder.resolve(place).resolve("localhost"));
      assertThatThrownBy(() -> TlsRegistry.read(options, registry.host()))
          .hasMessageContaining("this machine has no certificate authorities");
      registry.writeCertificates(certs);
      registry.writeClient(certs);
      assertThat(TlsRegistry.read(options, registry.host())).isEqualTo(registry.digest());
    }
  }

  /// It may send us to others, who are not asked for less.
  @Test
  void a_registry_that_is_believed_in_any_case_vouches_for_no_other_host() throws IOException {
    try (var other = new TlsRegistry().https();
        var registry = new TlsRegistry()) {
      registry.moved = "https://127.0.0.1:%d/v2/a/b/manifests/c".formatted(other.server.getPort());
      registry.https();
      var insecure = TlsRegistry.options(folder, Map.of()).withTlsVerify(false);
      assertThatThrownBy(() -> TlsRegistry.read(insecure, registry.host()))
          .hasMessageContaining("certificate");
      assertThat(other.server.getRequestCount()).isZero();
      registry.moved = "";
      assertThat(TlsRegistry.read(insecure, registry.host())).isEqualTo(registry.digest());
    }
  }

  @Test
  void a_certificate_without_its_key_is_refused() throws IOException {
    try (var registry = new TlsRegistry().https()) {
      registry.writeCertificates(folder);
      registry.writeClient(folder);
      Files.delete(folder.resolve("client.key"));
      var options = TlsRegistry.options(folder, Map.of()).withCertDir(folder);
      assertThatThrownBy(() -> TlsRegistry.read(options, registry.host()))
          .isInstanceOf(OciException.class)
          .hasMessageContaining("its key client.key is missing");
    }
  }

  @ParameterizedTest
  @CsvSource({"SSL_CERT_FILE, bundle/ca.crt", "SSL_CERT_DIR, bundle"})
  void the_bundle_that_a_variable_names_is_believed(String variable, String path)
      throws IOException {
    try (var registry = new TlsRegistry().https()) {
      registry.writeCertificates(folder.resolve("bundle"));
      var named = Map.of(variable, folder.resolve(path).toString());
      assertThat(TlsRegistry.read(TlsRegistry.options(folder, named), registry.host()))
          .isEqualTo(registry.digest());
      var without = TlsRegistry.options(folder, Map.of());
      assertThatThrownBy(() -> TlsRegistry.read(without, registry.host()))
          .hasMessageContaining("this machine has no certificate authorities");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.3, TLS_CHACHA20_POLY1305_SHA256, TLS_1_3",
    "1.3, TLS_AES_256_GCM_SHA384, TLS_1_3",
    "1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_1_2"
  })
  void versions_and_cipher_suites_are_limited(String version, String suite, String spoken)
      throws Exception {
    try (var registry = new TlsRegistry().https()) {
      var options = limited(registry, new TlsDetails(version, List.of(suite), null));
      assertThat(TlsRegistry.read(options, registry.host())).isEqualTo(registry.digest());
      var handshake = Objects.requireNonNull(registry.server.takeRequest().getHandshake());
      assertThat(handshake.cipherSuite().javaName()).isEqualTo(suite);
      assertThat(handshake.tlsVersion()).hasToString(spoken);
    }
  }

  @Test
  void groups_of_key_exchange_are_limited() throws IOException {
    try (var registry = new TlsRegistry()) {
      var sockets = registry.certificates().sslSocketFactory();
      registry.server.useHttps(new LimitedSockets(sockets, "secp384r1"));
      registry.started();
      var same = limited(registry, new TlsDetails(null, null, List.of("secp384r1")));
      assertThat(TlsRegistry.read(same, registry.host())).isEqualTo(registry.digest());
      var other = limited(registry, new TlsDetails(null, null, List.of("x25519")));
      assertThatThrownBy(() -> TlsRegistry.read(other, registry.host()))
          .isInstanceOf(Unreachable.class);
    }
  }

  @Test
  void limits_that_are_not_known_are_refused() throws IOException {
    try (var registry = new TlsRegistry().https()) {
      for (var details :
          List.of(
              new TlsDetails(null, List.of("TLS_NONE"), null),
              new TlsDetails(null, null, List.of("x25520")))) {
        assertThatThrownBy(() -> TlsRegistry.read(limited(registry, details), registry.host()))
            .isInstanceOf(OciException.class)
            .hasMessageContaining("is not known here");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          minVersion: \"1.4\",            expected one of 1.0
          cipherSuites: [],             cipherSuites is empty
          minVersion: 1.3\\nminVersion: 1.2, line 2
          maxVersion: \"1.3\",            maxVersion
          """)
  void a_file_of_limits_that_is_wrong_is_refused(String text, String why) throws IOException {
    var file = folder.resolve("tls.yaml");
    Files.writeString(file, text.replace("\\n", "\n"));
    assertThatThrownBy(() -> TlsDetails.read(file))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_file_of_limits_is_read() throws IOException {
    var file = folder.resolve("tls.yaml");
    Files.writeString(file, "minVersion: \"1.3\"\nnamedGroups:\n  - secp256r1\n  - x25519\n");
    assertThat(TlsDetails.read(file))
        .isEqualTo(new TlsDetails("1.3", null, List.of("secp256r1", "x25519")));
  }

  private RegistryOptions limited(TlsRegistry registry, TlsDetails details) throws IOException {
    registry.writeCertificates(folder);
    return TlsRegistry.options(folder, Map.of()).withCertDir(folder).withTls(details);
  }
}
