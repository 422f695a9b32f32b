package dev.ocij.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// The body of a request. While it is sent, the time of a part of the answer does not count.
final class TimedBody extends RequestBody {
  private final RequestBody body;
  private final PartLimit limit;

  TimedBody(RequestBody body, PartLimit limit) {
    super();
    this.body = body;
    this.limit = limit;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public boolean isOneShot() {
    return body.isOneShot();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (limit.exit()) {
      throw new SocketTimeoutException("the head of the request cannot be sent");
    }
    body.writeTo(sink);
    limit.enter();
  }
}
