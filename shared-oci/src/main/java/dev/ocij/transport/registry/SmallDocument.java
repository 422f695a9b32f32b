package dev.ocij.transport.registry;

import dev.ocij.http.Unreachable;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// A document of a web server, small enough to be held in memory.
final class SmallDocument {
  private SmallDocument() {}

  /// @return empty where the server has none under this URL
  static Optional<byte[]> get(OkHttpClient http, HttpUrl url) throws IOException {
    var attempt = "read " + url;
    var request = new Request.Builder().url(url).build();
    try (var response =
        Unreachable.explain(attempt, url.host(), () -> http.newCall(request).execute())) {
      if (response.code() == 404) {
        return Optional.empty();
      }
      if (response.code() != 200) {
        throw ErrorAnswer.read(response).during(attempt);
      }
      var bytes = response.body().byteStream().readNBytes(Json.LARGEST_DOCUMENT + 1);
      if (bytes.length > Json.LARGEST_DOCUMENT) {
        throw new OciException(
            OciException.Category.INVALID,
            "%s: the answer is larger than %d bytes".formatted(attempt, Json.LARGEST_DOCUMENT));
      }
      return Optional.of(bytes);
    }
  }
}
