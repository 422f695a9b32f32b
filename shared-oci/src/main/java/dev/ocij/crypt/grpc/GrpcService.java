package dev.ocij.crypt.grpc;

import dev.ocij.linux.UnixSocketFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// A service whose methods take a message of one field, bytes, and give one.
///
/// @param socket the file that the server listens at; null for a host
/// @param name with its package
public record GrpcService(HttpUrl server, @Nullable Path socket, String name) {
  private static final Pattern UNIX = Pattern.compile("unix:(?://(?=/))?([^?#]+)");
  private static final HttpUrl LOCAL =
      new HttpUrl.Builder().scheme("http").host("localhost").build();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Somebody may have to be asked for a key.
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /// The service at `host:port`, `dns:///host:port`, `unix:path` or `unix:///path`, without TLS;
  /// empty for anything else.
  public static Optional<GrpcService> parse(String target, String name) {
    var file = UNIX.matcher(target);
    if (file.matches()) {
      return Optional.of(new GrpcService(LOCAL, Path.of(file.group(1)), name));
    }
    var authority = target.replaceFirst("^(dns|passthrough):///", "");
    return Optional.ofNullable(HttpUrl.parse("http://" + authority))
        .filter(_ -> authority.matches("[^/?#@]+:[0-9]+"))
        .map(url -> new GrpcService(url, null, name));
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

  private OkHttpClient client() {
    var client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE);
    if (socket != null) {
      client
          .dns(_ -> List.of(InetAddress.getLoopbackAddress()))
          .socketFactory(new UnixSocketFactory(socket));
    }
    return client.build();
  }
}
