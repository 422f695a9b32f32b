package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// Where a registry of a reference is reached.
///
/// @param name as in references
record RegistryEndpoint(String name, boolean insecure) {
  private static final String DOCKER = "docker.io";
  private static final String DOCKER_HOST = "registry-1.docker.io";

  HttpUrl url(String scheme) {
    var host = name.equals(DOCKER) ? DOCKER_HOST : name;
    var url = HttpUrl.parse(scheme + "://" + host + "/");
    if (url == null) {
      throw new OciException(
          OciException.Category.USAGE, "invalid registry name %s".formatted(Quoted.of(name)));
    }
    return url;
  }

  /// As a record would have it; see [dev.ocij.spec.MediaType#equals].
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RegistryEndpoint endpoint
        && name.equals(endpoint.name)
        && insecure == endpoint.insecure;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// Whether it is on this machine, so that nothing that is sent leaves it.
  boolean isLocal() {
    try {
      return InetAddress.getByName(url("http").host()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
