package dev.ocij.transport.registry.auth;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Locale;
import okhttp3.HttpUrl;

/// The token server that a registry names, and whether it may learn our credentials.
///
/// A registry that was taken over could name any server. So a realm gets credentials only on the
/// registry's own host, on a host above or below it that shares at least two labels, or where it is
/// known to belong to the registry, as Docker's. Others are asked for anonymous tokens.
record Realm(HttpUrl url, boolean trusted) {
  private static final String DOCKER_REGISTRY = "registry-1.docker.io";
  private static final String DOCKER_REALM = "auth.docker.io";

  /// @throws OciException where nothing may be asked there at all
  static Realm parse(String text, HttpUrl registry) {
    var url = HttpUrl.parse(text);
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      throw refused(text, registry, "it is no plain http or https URL");
    }
    if (registry.isHttps() && !url.isHttps()) {
      throw refused(url.redact(), registry, "it is not https");
    }
    return new Realm(url, belongs(url.host(), registry.host()));
  }

  private static boolean belongs(String realm, String registry) {
    return realm.equals(registry)
        || (registry.equals(DOCKER_REGISTRY) && realm.equals(DOCKER_REALM))
        || isBelow(realm, registry)
        || isBelow(registry, realm);
  }

  private static boolean isBelow(String host, String above) {
    return above.indexOf('.') > 0
        && !above.matches("[0-9.]+")
        && host.toLowerCase(Locale.ROOT).endsWith("." + above.toLowerCase(Locale.ROOT));
  }

  private static OciException refused(String realm, HttpUrl registry, String reason) {
    return new OciException(
        OciException.Category.REJECTED,
        "authenticate at %s: its token server %s is refused: %s"
            .formatted(registry.host(), Quoted.of(realm), reason));
  }
}
