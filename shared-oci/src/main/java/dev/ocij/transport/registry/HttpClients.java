package dev.ocij.transport.registry;

import dev.ocij.config.CertsD;
import dev.ocij.config.Proxies;
import dev.ocij.http.AddressGuard;
import dev.ocij.http.BufferedSockets;
import dev.ocij.http.PaceInterceptor;
import dev.ocij.http.ProxyLogin;
import dev.ocij.http.RedirectInterceptor;
import dev.ocij.http.RetryInterceptor;
import dev.ocij.http.Tls;
import dev.ocij.http.UserAgentInterceptor;
import dev.ocij.http.WarningInterceptor;
import java.net.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/// The clients of HTTP by which registries and other servers are reached. None of them knows a
/// credential.
record HttpClients(RegistryOptions options) {
  /// A registry that does not greet so soon is taken for one of the other scheme.
  private static final int PARTS = 4;

  private static final int NEAR_SECONDS = 2;

  /// For one registry, in the scheme of its base; nothing is tried twice.
  OkHttpClient plain(RegistryEndpoint endpoint, HttpUrl base) {
    var http = base(base);
    if (!base.isHttps()) {
      return http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .socketFactory(new BufferedSockets(false))
          .build();
    }
    return tls(http, endpoint, base).build();
  }

  OkHttpClient retrying(OkHttpClient http) {
    return http.newBuilder().addInterceptor(new RetryInterceptor(options.retries())).build();
  }

  /// For files of the web, over http where the URL says so; redirects are followed.
  OkHttpClient web(HttpUrl url) {
    return anyScheme(url)
        .addInterceptor(new RedirectInterceptor())
        .addInterceptor(new RetryInterceptor(options.retries()))
        .build();
  }

  /// For an interface of the web: a redirect is an answer as any other.
  OkHttpClient direct(HttpUrl url) {
    return anyScheme(url).addInterceptor(new RetryInterceptor(options.retries())).build();
  }

  /// For a server of this machine's own, which answers at once or is not there.
  OkHttpClient near(HttpUrl url) {
    return anyScheme(url).proxy(Proxy.NO_PROXY).callTimeout(NEAR_SECONDS, TimeUnit.SECONDS).build();
  }

  private OkHttpClient.Builder anyScheme(HttpUrl url) {
    boolean insecure = Boolean.FALSE.equals(options.tlsVerify());
    var endpoint = new RegistryEndpoint(url.host() + ":" + url.port(), insecure);
    var tls = tls(base(url), endpoint, url).build();
    var schemes = new ArrayList<>(tls.connectionSpecs());
    schemes.add(ConnectionSpec.CLEARTEXT);
    return tls.newBuilder().connectionSpecs(schemes);
  }

  /// A server of one scheme may wait for the rest of what it takes for a request of the other, or
  /// close the connection at once; so there are no pauses, as there would be for one that fails.
  Greeting greet(OkHttpClient http, HttpUrl base) {
    // Duration.dividedBy has BigDecimal compute its tables first: 20 ms.
    long nanos = options.retries().patience().connect().toNanos() / PARTS;
    var greeter = http.newBuilder().callTimeout(nanos, TimeUnit.NANOSECONDS).build();
    return Greeting.of(greeter, base);
  }

  private OkHttpClient.Builder tls(
      OkHttpClient.Builder http, RegistryEndpoint endpoint, HttpUrl base) {
    var certs = CertsD.of(options.environment(), endpoint.name(), options.certDir());
    return new Tls(options.environment(), certs, options.tls())
        .configure(http.socketFactory(new BufferedSockets(true)), base.host(), endpoint.insecure());
  }

  private OkHttpClient.Builder base(HttpUrl url) {
    var patience = options.retries().patience();
    var proxies = Proxies.of(options.environment());
    return new OkHttpClient.Builder()
        .connectTimeout(patience.connect())
        .readTimeout(patience.silence())
        .writeTimeout(patience.silence())
        .followRedirects(false)
        .followSslRedirects(false)
        .proxySelector(proxies)
        .proxyAuthenticator(new ProxyLogin(proxies))
        .addInterceptor(new UserAgentInterceptor(options.userAgent()))
        .addInterceptor(new WarningInterceptor(options.warnings()))
        .addNetworkInterceptor(new AddressGuard(url.host()))
        .addNetworkInterceptor(new PaceInterceptor(patience));
  }
}
