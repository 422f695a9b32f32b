package dev.ocij.transport.registry;

import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;

/// The `Link` with `rel="next"` of a page: RFC 8288. A link to another origin is refused: a
/// registry must not make us ask other hosts.
final class NextPage {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

  private NextPage() {}

  static Optional<HttpUrl> of(Response response) throws RefusedAddressException {
    var link = response.header("Link");
    var matcher = NEXT.matcher(link == null ? "" : link);
    if (!matcher.find()) {
      return Optional.empty();
    }
    var page = response.request().url();
    var next = page.resolve(matcher.group(1));
    if (next == null || !isSameOrigin(page, next)) {
      throw new RefusedAddressException(
          "the next page of %s is on another host; refused".formatted(page.host()));
    }
    return Optional.of(next);
  }

  private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
