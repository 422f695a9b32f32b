package dev.ocij.transport.registry;

import dev.ocij.http.PacedBody;
import dev.ocij.http.Unreachable;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/// Files of the web, fetched as registries are: by the same proxies and authorities, with the same
/// retries, and with no credentials at all.
public final class WebFiles {
  private final RegistryOptions options;

  public WebFiles(RegistryOptions options) {
    this.options = options;
  }

  /// Writes what is at a URL to a file, from the start again where the way to it breaks.
  ///
  /// @return when it was changed last; null where the server does not say
  public @Nullable Instant fetch(String text, Path file) throws IOException {
    var url = parse(text);
    var attempt = "fetch " + shown(url);
    var http = new HttpClients(options).web(url);
    var attempts = options.retries().begin();
    while (true) {
      try {
        return fetch(http, url, attempt, file);
      } catch (Unreachable e) {
        throw e;
      } catch (IOException e) {
        if (!attempts.again(e)) {
          throw e;
        }
      }
    }
  }

  private static @Nullable Instant fetch(OkHttpClient http, HttpUrl url, String attempt, Path file)
      throws IOException {
    var request = new Request.Builder().url(url).build();
    try (var response =
        Unreachable.explain(attempt, url.host(), () -> http.newCall(request).execute())) {
      if (!response.isSuccessful()) {
        throw ErrorAnswer.read(response).during(attempt);
      }
      try (var out = Files.newOutputStream(file)) {
        PacedBody.bytes(response).transferTo(out);
      }
      return response.headers().getInstant("Last-Modified");
    }
  }

  private static HttpUrl parse(String text) {
    var url = HttpUrl.parse(text);
    if (url == null) {
      throw new OciException(
          Category.USAGE, "fetch %s: not a URL of http or https".formatted(Quoted.of(text)));
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new OciException(
          Category.USAGE,
          "fetch %s: credentials in a URL are not sent; leave them out".formatted(shown(url)));
    }
    return url;
  }

  /// Without what may be a secret.
  private static String shown(HttpUrl url) {
    return Quoted.escape(
        "%s://%s%s"
            .formatted(
                url.scheme(),
                url.port() == HttpUrl.defaultPort(url.scheme())
                    ? url.host()
                    : url.host() + ":" + url.port(),
                url.encodedPath()));
  }
}
