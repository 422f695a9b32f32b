package dev.ocij.http;

import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/// The body of an answer, from a server that must get on.
public final class PacedBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource paced;
  private final @Nullable DirectBytes direct;

  /// @param direct the same bytes on a shorter way; null where there is none
  PacedBody(ResponseBody body, PacedSource source, @Nullable DirectBytes direct) {
    super();
    this.body = body;
    this.paced = Okio.buffer(source);
    this.direct = direct;
  }

  /// The bytes of an answer, as quickly as they can be had. Whoever reads them so reads them in no
  /// other way, and closes the answer.
  public static InputStream bytes(Response answer) {
    return answer.body() instanceof PacedBody paced && paced.direct != null
        ? paced.direct
        : answer.body().byteStream();
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
