package dev.ocij.config;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Proxies as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them, in either case of letters;
/// loopback hosts are always reached directly.
public final class Proxies extends ProxySelector {
  private final Environment environment;

  private Proxies(Environment environment) {
    super();
    this.environment = environment;
  }

  public static Proxies of(Environment environment) {
    return new Proxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (isLoopback(host) || isExcluded(host, uri.getPort())) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(variable(uri.getScheme() + "_proxy").map(Proxies::proxy).orElse(Proxy.NO_PROXY));
  }

  /// What a proxy for this scheme is told of who we are: `user:password`, as its variable has it.
  public Optional<String> credentials(String scheme) {
    return variable(scheme + "_proxy")
        .map(Proxies::uri)
        .flatMap(uri -> Optional.ofNullable(uri.getUserInfo()));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // the request itself tells
  }

  private Optional<String> variable(String lower) {
    return environment
        .variable(lower.toUpperCase(Locale.ROOT))
        .or(() -> environment.variable(lower));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private boolean isExcluded(String host, int port) {
    for (var typed : variable("no_proxy").orElse("").split(",")) {
      var entry = typed.strip().toLowerCase(Locale.ROOT);
      var name = entry.startsWith("*.") ? entry.substring(1) : entry;
      if (entry.equals("*")
          || host.equals(name)
          || (host + ":" + port).equals(name)
          || (!name.isEmpty() && host.endsWith(name.startsWith(".") ? name : "." + name))
          || Network.holds(name, host)) {
        return true;
      }
    }
    return false;
  }

  private static URI uri(String typed) {
    return URI.create(typed.contains("://") ? typed : "http://" + typed);
  }

  private static Proxy proxy(String typed) {
    try {
      var uri = uri(typed);
      boolean socks = uri.getScheme().startsWith("socks");
      int port = uri.getPort() < 0 ? (socks ? 1080 : 80) : uri.getPort();
      var address = InetSocketAddress.createUnresolved(uri.getHost(), port);
      return new Proxy(socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP, address);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.USAGE, "the proxy variable holds no URL of a proxy", e);
    }
  }
}
