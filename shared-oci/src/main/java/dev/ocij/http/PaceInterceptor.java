package dev.ocij.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/// Gives up a server that drips: one that is never silent for as long as a silent one may be, and
/// never gets anywhere either. As a network interceptor it sees every answer, and none twice.
///
/// In HTTP/2, where several answers share a connection, heads come whole or count as silence. But
/// whoever does not read what is sent stops all requests of the connection, and OkHttp waits.
public record PaceInterceptor(Patience patience) implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    var limit = limit(chain);
    var response =
        limit == null
            ? chain.proceed(chain.request())
            : limit.hold(
                "the head of the answer", () -> chain.proceed(limited(chain.request(), limit)));
    var body = response.body();
    // What is between the chunks of a body without a length may not end, either.
    boolean chunked = body.contentLength() < 0 && response.protocol() != Protocol.HTTP_2;
    if (response.handshake() == null) {
      leaveToSocket(body.source().timeout());
    }
    var pace = new Pace(patience);
    var source = new PacedSource(body.source(), pace, chunked ? limit : null);
    var paced = new PacedBody(body, source, direct(chain, body, pace));
    return response.newBuilder().body(paced).build();
  }

  /// OkHttp sets the time of a read twice: for the socket, and for a watchdog that hears of each 8
  /// KiB, which costs a copy a twentieth of its time. Without TLS whatever comes ends a read, so
  /// the socket's is as good. The next answer on the connection has both again.
  private static void leaveToSocket(Timeout read) {
    read.timeout(0, TimeUnit.NANOSECONDS);
  }

  private static @Nullable DirectBytes direct(Chain chain, ResponseBody body, Pace pace) {
    var connection = chain.connection();
    var answer = connection == null ? null : BufferedSockets.answer(connection.socket());
    return answer != null && answer.isAtBody() && body.contentLength() > 0
        ? new DirectBytes(answer, body.source(), body.contentLength(), pace)
        : null;
  }

  private @Nullable PartLimit limit(Chain chain) {
    var connection = chain.connection();
    return connection == null ? null : new PartLimit(connection.socket(), patience);
  }

  /// A body that is sent may take its time.
  private static Request limited(Request request, PartLimit limit) throws IOException {
    var body = request.body();
    limit.enter();
    return body == null
        ? request
        : request
            .newBuilder()
            .method(request.method(), new TimedBody(direct(body, limit), limit))
            .build();
  }

  private static RequestBody direct(RequestBody body, PartLimit limit) throws IOException {
    var connection = BufferedSockets.request(limit.socket());
    return connection != null && body instanceof StreamedBody streamed && body.contentLength() >= 0
        ? new DirectBody(streamed, connection, limit)
        : body;
  }
}
