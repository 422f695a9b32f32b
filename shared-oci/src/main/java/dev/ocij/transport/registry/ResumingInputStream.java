package dev.ocij.transport.registry;

import dev.ocij.http.Attempts;
import dev.ocij.http.PacedBody;
import dev.ocij.http.Retries;
import dev.ocij.http.Unreachable;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// A blob's bytes from a registry. Where the connection breaks, or ends before the descriptor's
/// size, the rest is asked for from where it broke. Nothing is verified here.
final class ResumingInputStream extends InputStream {
  /// What must have arrived before earlier failures are forgotten.
  private static final long PROGRESS = 1 << 20;

  private final RegistryClient client;
  private final Descriptor blob;
  private final Attempts attempts;
  private @Nullable Response current;
  private long offset;
  private long lastFailure;

  private ResumingInputStream(RegistryClient client, Descriptor blob, Attempts attempts) {
    super();
    this.client = client;
    this.blob = blob;
    this.attempts = attempts;
  }

  /// The blob exists when this returns, unless an offset says that it was seen before.
  ///
  /// @param offset of the first byte that is read
  static InputStream open(RegistryClient client, Descriptor blob, long offset, Retries retries)
      throws IOException {
    var stream = new ResumingInputStream(client, blob, retries.begin());
    stream.offset = offset;
    stream.lastFailure = offset;
    if (offset == 0) {
      stream.current = client.blob(blob.digest(), 0, stream.attempts);
    }
    return stream;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    while (true) {
      try {
        int read = PacedBody.bytes(connected()).read(buffer, from, length);
        if (read < 0 && offset < blob.size()) {
          throw new EOFException(); // what came is told with each failure
        }
        offset += Math.max(read, 0);
        return read;
      } catch (IOException e) {
        pause(e);
      }
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private Response connected() throws IOException {
    var open = current;
    if (open == null) {
      open = client.blob(blob.digest(), offset, attempts);
      current = open;
      skipKnown(open);
    }
    return open;
  }

  /// An answer with all bytes, or with others than were asked for, begins again at the start.
  private void skipKnown(Response answer) throws IOException {
    var range = answer.header("Content-Range", "");
    if (answer.code() == 206 && range != null && range.startsWith("bytes " + offset + "-")) {
      return;
    }
    if (answer.code() == 206) {
      answer.close();
      current = client.blob(blob.digest(), 0, attempts);
    }
    PacedBody.bytes(connected()).skipNBytes(offset);
  }

  private void pause(IOException failure) throws IOException {
    close();
    if (offset - lastFailure >= PROGRESS) {
      attempts.progress(offset - lastFailure);
    }
    lastFailure = offset;
    var reason = Unreachable.reason(failure);
    if (!attempts.again(reason)) {
      throw new OciException(
          OciException.Category.UNAVAILABLE,
          "%s: the connection broke after %d of %d bytes: %s"
              .formatted(
                  client.pulling(blob.digest()), offset, blob.size(), Unreachable.found(reason)),
          failure);
    }
  }
}
