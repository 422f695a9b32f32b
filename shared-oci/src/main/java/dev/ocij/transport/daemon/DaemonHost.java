package dev.ocij.transport.daemon;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// Where a daemon listens.
///
/// @param shown as it was typed
/// @param base of all URLs
/// @param socket the file to connect to; null for a host
record DaemonHost(String shown, HttpUrl base, @Nullable Path socket) {
  /// Where a daemon listens unless somebody says otherwise.
  static final String DEFAULT = "unix:///var/run/docker.sock";

  private static final String UNIX = "unix://";

  /// `unix:///path`, `http://host:port`, or `tcp://host:port`, which is https as `https:` is.
  static DaemonHost parse(String typed) {
    if (typed.startsWith(UNIX + "/")) {
      var base = new HttpUrl.Builder().scheme("http").host("localhost").build();
      return new DaemonHost(typed, base, Path.of(typed.substring(UNIX.length())));
    }
    var base = HttpUrl.parse(typed.replaceFirst("^tcp://", "https://"));
    if (base == null || !base.encodedPath().equals("/") || !base.username().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "unable to parse docker host %s: expected unix:///PATH, tcp://HOST:PORT, https://HOST:PORT or http://HOST:PORT"
              .formatted(Quoted.of(typed)));
    }
    return new DaemonHost(typed, base, null);
  }

  @Override
  public String toString() {
    return Quoted.escape(shown);
  }
}
