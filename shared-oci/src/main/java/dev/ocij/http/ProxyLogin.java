package dev.ocij.http;

import dev.ocij.config.Proxies;
import java.nio.charset.StandardCharsets;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/// Tells a proxy who we are, once: where it refuses that, there is nothing else to tell.
public final class ProxyLogin implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  private final Proxies proxies;

  /// With the passwords that the proxies' URLs carry.
  public ProxyLogin(Proxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    var request = response.request();
    var scheme = route == null ? request.url().scheme() : route.address().url().scheme();
    return request.header(HEADER) == null
        ? proxies.credentials(scheme).map(pair -> authorized(request, pair)).orElse(null)
        : null;
  }

  private static Request authorized(Request request, String pair) {
    int colon = pair.indexOf(':');
    var user = colon < 0 ? pair : pair.substring(0, colon);
    var password = colon < 0 ? "" : pair.substring(colon + 1);
    return request
        .newBuilder()
        .header(HEADER, Credentials.basic(user, password, StandardCharsets.UTF_8))
        .build();
  }
}
