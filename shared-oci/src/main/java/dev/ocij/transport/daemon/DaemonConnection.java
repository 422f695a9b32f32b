package dev.ocij.transport.daemon;

import dev.ocij.config.CertsD;
import dev.ocij.config.Proxies;
import dev.ocij.http.Tls;
import dev.ocij.linux.UnixSocketFactory;
import dev.ocij.transport.registry.RegistryOptions;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/// How a daemon is reached: through its file, in plain, or with TLS and certificates as registries
/// are.
final class DaemonConnection {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// A daemon says nothing while it unpacks what it got.
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private DaemonConnection() {}

  static OkHttpClient open(DaemonHost host, RegistryOptions options) {
    var http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .followRedirects(false)
            .followSslRedirects(false)
            .proxySelector(Proxies.of(options.environment()));
    if (host.socket() != null) {
      return toFile(http, host.socket()).build();
    }
    return host.base().isHttps()
        ? encrypted(http, host, options).build()
        : http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
  }

  private static OkHttpClient.Builder toFile(OkHttpClient.Builder http, Path socket) {
    return http.proxy(Proxy.NO_PROXY)
        .dns(_ -> List.of(InetAddress.getLoopbackAddress()))
        .socketFactory(new UnixSocketFactory(socket))
        .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
  }

  private static OkHttpClient.Builder encrypted(
      OkHttpClient.Builder http, DaemonHost host, RegistryOptions options) {
    var name = host.base().host();
    var certs =
        options.certDir() == null
            ? new CertsD(List.of(), List.of())
            : CertsD.of(options.environment(), name, options.certDir());
    boolean insecure = Boolean.FALSE.equals(options.tlsVerify());
    return new Tls(options.environment(), certs, options.tls()).configure(http, name, insecure);
  }
}
