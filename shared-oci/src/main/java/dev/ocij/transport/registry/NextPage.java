package dev.ocij.transport.registry;

import dev.ocij.http.RefusedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The `Link` with `rel="next"` of a page: RFC 8288. A link to another origin is refused: a
/// registry must not make us ask other hosts.
final class NextPage {
  private static final Pattern RELATION =
      Pattern.compile(";\\s*rel\\s*=\\s*\"?([^\";,]*)", Pattern.CASE_INSENSITIVE);

  private NextPage() {}

  static Optional<HttpUrl> of(Response response) throws RefusedAddressException {
    for (var header : response.headers("Link")) {
      var target = next(header);
      if (target != null) {
        return Optional.of(sameOrigin(response.request().url(), target));
      }
    }
    return Optional.empty();
  }

  private static HttpUrl sameOrigin(HttpUrl page, String target) throws RefusedAddressException {
    var next = page.resolve(target);
    if (next == null || !isSameOrigin(page, next)) {
      throw new RefusedAddressException(
          "the next page of %s is on another host; refused".formatted(page.host()));
    }
    return next;
  }

  /// One pass over a header, whatever it holds: `<target>; parameters, <target>; parameters`.
  private static @Nullable String next(String header) {
    int open = header.indexOf('<');
    while (open >= 0) {
      int close = header.indexOf('>', open);
      if (close < 0) {
        return null;
      }
      int end = end(header, close);
      if (isNext(header.substring(close, end))) {
        return header.substring(open + 1, close);
      }
      open = header.indexOf('<', end);
    }
    return null;
  }

  /// Where the parameters end: at a comma outside quotes.
  private static int end(String header, int from) {
    boolean quoted = false;
    for (int at = from; at < header.length(); at++) {
      quoted ^= header.charAt(at) == '"';
      if (header.charAt(at) == ',' && !quoted) {
        return at;
      }
    }
    return header.length();
  }

  /// Only the first relation counts, says the RFC; it may be a list of words.
  private static boolean isNext(String parameters) {
    var relation = RELATION.matcher(parameters);
    return relation.find()
        && List.of(relation.group(1).strip().toLowerCase(Locale.ROOT).split("\\s+"))
            .contains("next");
  }

  private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
