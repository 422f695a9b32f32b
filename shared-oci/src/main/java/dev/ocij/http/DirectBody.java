package dev.ocij.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// The body of a request, sent past OkHttp over a connection without TLS. OkHttp has sent its
/// length with the head, is told now that nothing follows, and goes on behind it.
final class DirectBody extends RequestBody {
  private final StreamedBody body;
  private final RequestStream connection;
  private final PartLimit limit;

  /// @param body one whose length is known
  DirectBody(StreamedBody body, RequestStream connection, PartLimit limit) {
    super();
    this.body = body;
    this.connection = connection;
    this.limit = limit;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return 0;
  }

  @Override
  public boolean isOneShot() {
    return body.isOneShot();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.flush(); // the head
    try (var watch = new PartsWatch(limit)) {
      var out = new DirectOutput(connection, sink, body.contentLength(), watch);
      body.writeTo(out);
      out.end();
    }
  }
}
