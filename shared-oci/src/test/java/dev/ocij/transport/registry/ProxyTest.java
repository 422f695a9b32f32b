package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.config.Proxies;
import dev.ocij.http.Retries;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Registries are reached by way of the proxy that the environment names. Nobody knows
/// `registry.example` but the proxy.
class ProxyTest {
  @TempDir private Path folder;

  @Test
  void https_goes_through_a_tunnel() throws Exception {
    try (var registry = new TlsRegistry().https();
        var proxy = new TunnelProxy(registry.server.getPort(), "")) {
      registry.writeCertificates(folder);
      var options = options("HTTPS_PROXY", proxy.url("")).withCertDir(folder);
      assertThat(TlsRegistry.read(options, "registry.example")).isEqualTo(registry.digest());
      assertThat(proxy.asked()).contains("CONNECT registry.example:443 HTTP/1.1");
    }
  }

  @Test
  void the_proxy_is_told_the_user_of_its_url() throws Exception {
    try (var registry = new TlsRegistry().https();
        var proxy = new TunnelProxy(registry.server.getPort(), "Basic YWRhOnPDqWNyZXQ=")) {
      registry.writeCertificates(folder);
      var options = options("https_proxy", proxy.url("ada:s%C3%A9cret@")).withCertDir(folder);
      assertThat(TlsRegistry.read(options, "registry.example")).isEqualTo(registry.digest());
      var stranger = options("https_proxy", proxy.url("")).withCertDir(folder);
      assertThatThrownBy(() -> TlsRegistry.read(stranger, "registry.example"))
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void plain_http_asks_the_proxy_itself() throws IOException, InterruptedException {
    try (var registry = new TlsRegistry().started()) {
      var proxy = "http://127.0.0.1:" + registry.server.getPort();
      var options = options("HTTP_PROXY", proxy).withTlsVerify(false);
      assertThat(TlsRegistry.read(options, "registry.example:5000")).isEqualTo(registry.digest());
      assertThat(registry.server.takeRequest().getRequestLine())
          .startsWith("GET http://registry.example:5000/v2/");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          registry.example,      registry.example, false
          registry.example,      other.example,    true
          example,               registry.example, false
          .example,              registry.example, false
          *.example,             registry.example, false
          ample,                 registry.example, true
          'a, registry.example', registry.example, false
          registry.example:443,  registry.example, true
          *,                     registry.example, false
          10.0.0.0/8,            10.1.2.3,         false
          10.0.0.0/8,            11.1.2.3,         true
          10.0.0.0/8,            registry.example, true
          '',                    localhost,        false
          '',                    127.1.2.3,        false
          '',                    registry.example, true
          """)
  void no_proxy_names_who_is_reached_directly(String excluded, String host, boolean proxied) {
    var environment =
        new Environment(
            Map.of("HTTPS_PROXY", "proxy.example:3128", "NO_PROXY", excluded), folder, folder, "0");
    var chosen = Proxies.of(environment).select(URI.create("https://%s:5000/".formatted(host)));
    assertThat(chosen.getFirst().equals(Proxy.NO_PROXY)).isNotEqualTo(proxied);
  }

  private RegistryOptions options(String variable, String value) {
    return TlsRegistry.options(folder, Map.of(variable, value))
        .withRetries(Retries.system().withSleeper(_ -> {}));
  }
}
