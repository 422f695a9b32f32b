package dev.ocij.http;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/// The body of an answer, from a server that must get on.
final class PacedBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource paced;

  PacedBody(ResponseBody body, PacedSource source) {
    super();
    this.body = body;
    this.paced = Okio.buffer(source);
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return paced;
  }
}
