package dev.ocij.transport.daemon;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/// A finished archive on its way to a daemon, once.
final class ArchiveBody extends RequestBody {
  private static final @Nullable MediaType TAR = MediaType.parse("application/x-tar");

  private final InputStream archive;
  private final long size;

  ArchiveBody(InputStream archive, long size) {
    this.archive = archive;
    this.size = size;
  }

  @Override
  public @Nullable MediaType contentType() {
    return TAR;
  }

  @Override
  public long contentLength() {
    return size;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.writeAll(Okio.source(archive));
  }
}
