package dev.ocij.crypt.grpc;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.ByteString;

/// A service whose methods take a message of one field, bytes, and give one.
///
/// @param name with its package
public record GrpcService(HttpUrl server, String name) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Somebody may have to be asked for a key.
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /// The service at `host:port` or `dns:///host:port`, without TLS; empty for anything else.
  public static Optional<GrpcService> parse(String target, String name) {
    var authority = target.replaceFirst("^(dns|passthrough):///", "");
    return Optional.ofNullable(HttpUrl.parse("http://" + authority))
        .filter(_ -> authority.matches("[^/?#@]+:[0-9]+"))
        .map(url -> new GrpcService(url, name));
  }

  /// The answer of a method.
  ///
  /// @throws IOException where the server cannot be reached, or answers with another status than OK
  public byte[] call(String method, byte[] question) throws IOException {
    var url = server.newBuilder().addPathSegment(name).addPathSegment(method).build();
    var message = new BytesMessage(ByteString.of(question));
    var request =
        new Request.Builder()
            .url(url)
            .header("TE", "trailers")
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "ocij")
            .post(RequestBody.create(GrpcFrame.of(message.encoded()), GrpcFrame.MEDIA_TYPE))
            .build();
    try (var response = client().newCall(request).execute()) {
      var frame = GrpcFrame.read(response.body().source());
      GrpcStatus.of(response).check();
      return BytesMessage.decode(frame).content().toByteArray();
    }
  }

  private static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .connectTimeout(CONNECT)
        .readTimeout(SILENCE)
        .build();
  }
}
