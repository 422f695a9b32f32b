package dev.ocij.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.Arrays;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Stops a registry from sending us to hosts that only we can reach: metadata services and other
/// link-local addresses always; loopback and private ones unless the registry itself is there.
///
/// As a network interceptor it judges the address that the socket is connected to, which a name in
/// DNS cannot hide.
public record AddressGuard(String registryHost) implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    var connection = chain.connection();
    var host = chain.request().url().host();
    if (connection != null
        && !host.equals(registryHost)
        && connection.route().proxy().type() == Proxy.Type.DIRECT) {
      check(host, connection.socket().getInetAddress());
    }
    return chain.proceed(chain.request());
  }

  private void check(String host, InetAddress address) throws IOException {
    if (address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
      throw refused(host, address);
    }
    if (isInternal(address) && !registryIsInternal()) {
      throw refused(host, address);
    }
  }

  private boolean registryIsInternal() throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(registryHost)).allMatch(AddressGuard::isInternal);
  }

  private static boolean isInternal(InetAddress address) {
    return address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address);
  }

  /// RFC 4193; the JDK knows only the older site-local addresses.
  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }

  private IOException refused(String host, InetAddress address) {
    return new RefusedAddressException(
        "%s sent us to %s at the internal address %s; refused"
            .formatted(registryHost, host, address.getHostAddress()));
  }
}
