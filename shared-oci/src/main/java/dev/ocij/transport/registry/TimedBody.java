package dev.ocij.transport.registry;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// The body of a request, and what happens once it was sent.
final class TimedBody extends RequestBody {
  private final RequestBody body;
  private final Runnable sent;

  TimedBody(RequestBody body, Runnable sent) {
    super();
    this.body = body;
    this.sent = sent;
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
    body.writeTo(sink);
    sent.run();
  }
}
