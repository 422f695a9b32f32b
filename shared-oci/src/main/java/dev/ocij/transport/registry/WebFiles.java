package dev.ocij.transport.registry;

import dev.ocij.config.Environment;
import dev.ocij.http.PacedBody;
import dev.ocij.http.Unreachable;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Files of the web, fetched as registries are: by the same proxies and authorities, with the same
/// retries, and with no credentials at all; and what interfaces of the web give to whoever has
/// some.
public final class WebFiles {
  private static final int LONGEST_ANSWER = 1 << 20;

  private final RegistryOptions options;

  public WebFiles(RegistryOptions options) {
    this.options = options;
  }

  /// Whose files and variables tell how servers are reached.
  public Environment environment() {
    return options.environment();
  }

  /// Writes what is at a URL to a file, from the start again where the way to it breaks.
  ///
  /// @return when it was changed last; null where the server does not say
  public @Nullable Instant fetch(String text, Path file) throws IOException {
    var url = parse(text);
    var attempt = "fetch " + shown(url);
    var http = new HttpClients(options).web(url);
    var request = new Request.Builder().url(url).build();
    return fetching(() -> fetch(http, request, attempt, file));
  }

  /// Writes what an interface of the web gives to a file, as [#fetch(String, Path)] does.
  ///
  /// @param request made anew for each attempt, for a signature has a time
  /// @throws RegistryException where it is refused
  public @Nullable Instant fetch(Supplier<WebRequest> request, Path file) throws IOException {
    return fetching(() -> save(request.get(), file));
  }

  private @Nullable Instant save(WebRequest request, Path file) throws IOException {
    try (var response = call(request);
        var out = Files.newOutputStream(file)) {
      PacedBody.bytes(response).transferTo(out);
      return response.headers().getInstant("Last-Modified");
    }
  }

  /// What an interface of the web says.
  ///
  /// @throws RegistryException where it is refused
  public byte[] ask(WebRequest request) throws IOException {
    try (var response = call(request)) {
      var bytes = PacedBody.bytes(response).readNBytes(LONGEST_ANSWER + 1);
      if (bytes.length > LONGEST_ANSWER) {
        throw new OciException(
            Category.INVALID,
            "%s: the answer is larger than %d bytes".formatted(request, LONGEST_ANSWER));
      }
      return bytes;
    }
  }

  private Response call(WebRequest request) throws IOException {
    var url = HttpUrl.parse(request.url());
    if (url == null) {
      throw new OciException(Category.USAGE, request + ": not a URL of http or https");
    }
    var clients = new HttpClients(options.withTlsVerify(true));
    var http = request.near() ? clients.near(url) : clients.direct(url);
    var call = http.newCall(written(request, url));
    var response = Unreachable.explain(request.attempt(), url.host(), call::execute);
    if (response.isSuccessful()) {
      return response;
    }
    try (response) {
      throw WebRefusal.read(response).during(request.attempt());
    }
  }

  private static Request written(WebRequest request, HttpUrl url) {
    var written = new Request.Builder().url(url);
    request.headers().forEach(written::header);
    if (!request.form().isEmpty()) {
      var form = new FormBody.Builder();
      request.form().forEach(form::add);
      written.post(form.build());
    }
    return written.build();
  }

  /// One attempt to write a file.
  private interface Attempt {
    @Nullable Instant make() throws IOException;
  }

  private @Nullable Instant fetching(Attempt attempt) throws IOException {
    var attempts = options.retries().begin();
    while (true) {
      try {
        return attempt.make();
      } catch (Unreachable e) {
        throw e;
      } catch (IOException e) {
        if (!attempts.again(e)) {
          throw e;
        }
      }
    }
  }

  private static @Nullable Instant fetch(
      OkHttpClient http, Request request, String attempt, Path file) throws IOException {
    try (var response =
        Unreachable.explain(attempt, request.url().host(), () -> http.newCall(request).execute())) {
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
