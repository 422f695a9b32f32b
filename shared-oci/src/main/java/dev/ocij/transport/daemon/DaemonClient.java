package dev.ocij.transport.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// The part of Docker's API that moves images.
record DaemonClient(DaemonHost host, OkHttpClient http, String userAgent) {
  /// The oldest that daemons of today speak, for one that does not say what it speaks.
  private static final String OLDEST = "1.24";

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");

  /// The most bytes of an answer that are read.
  private static final int LONGEST = 1 << 20;

  /// The archive of an image; the caller closes it.
  ///
  /// @throws OciException of category `IO` where the daemon has none, as with any other file
  InputStream save(String name) throws IOException {
    var url = url("images/get").addQueryParameter("names", name).build();
    var response = exchange(request(url).build());
    if (!response.isSuccessful()) {
      throw refused("save " + Quoted.escape(name), response);
    }
    return response.body().byteStream();
  }

  /// Gives the daemon an archive; it has the images when this returns.
  void load(ArchiveBody archive) throws IOException {
    var url = url("images/load").addQueryParameter("quiet", "1").build();
    try (var response = exchange(request(url).post(archive).build())) {
      if (!response.isSuccessful()) {
        throw refused("load an image", response);
      }
      refuseErrors(text(response));
    }
  }

  /// The newest version that the daemon speaks, which is one that it still speaks.
  private String version() throws IOException {
    var ping = host.base().newBuilder().addPathSegment("_ping").build();
    try (var response = exchange(request(ping).build())) {
      return Optional.ofNullable(response.header("Api-Version"))
          .filter(version -> VERSION.matcher(version).matches())
          .orElse(OLDEST);
    }
  }

  private HttpUrl.Builder url(String path) throws IOException {
    return host.base().newBuilder().addPathSegment("v" + version()).addPathSegments(path);
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("User-Agent", userAgent)
        .header("Accept-Encoding", "identity");
  }

  private Response exchange(Request request) throws IOException {
    try {
      return http.newCall(request).execute();
    } catch (IOException e) {
      throw new IOException(
          "Cannot connect to the Docker daemon at %s: %s; is the docker daemon running?"
              .formatted(host, Reason.of(e)),
          e);
    }
  }

  /// What goes wrong after the daemon began to answer stands in a line of its own.
  private void refuseErrors(String answer) {
    for (var line : answer.lines().toList()) {
      var error = tree(line).path("error").asText("");
      if (!error.isEmpty()) {
        throw new OciException(
            OciException.Category.INVALID,
            "load an image: docker engine reported: %s".formatted(Quoted.of(error)));
      }
    }
  }

  private static OciException refused(String attempt, Response response) throws IOException {
    try (response) {
      var message = tree(text(response)).path("message").asText(response.message());
      var category =
          response.code() < 500 ? OciException.Category.IO : OciException.Category.UNAVAILABLE;
      return new OciException(
          category,
          "%s: Error response from daemon: %s (%d)"
              .formatted(attempt, Quoted.escape(message), response.code()));
    }
  }

  private static String text(Response response) throws IOException {
    var bytes = response.body().byteStream().readNBytes(LONGEST);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static JsonNode tree(String text) {
    try {
      return Json.readTree(text.getBytes(StandardCharsets.UTF_8), "answer of the docker daemon");
    } catch (OciException _) {
      return Json.object(); // a plain text tells nothing to go by
    }
  }
}
