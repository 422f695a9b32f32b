package dev.ocij.http;

import java.io.IOException;
import java.io.OutputStream;
import okhttp3.RequestBody;
import okio.BufferedSink;

/// The body of a request that is made while it is sent: it takes the shortest way there is.
public abstract class StreamedBody extends RequestBody {
  /// Sends all of it.
  protected abstract void writeTo(OutputStream out) throws IOException;

  @Override
  public final void writeTo(BufferedSink sink) throws IOException {
    writeTo(sink.outputStream());
  }
}
