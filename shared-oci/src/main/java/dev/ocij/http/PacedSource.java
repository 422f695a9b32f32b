package dev.ocij.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/// Bytes of a server that must send a few in the time that it may be silent. Only the time that we
/// wait for it counts: whoever reads may be slower still.
final class PacedSource extends ForwardingSource {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Patience patience;
  private final long window;
  private final @Nullable PartLimit limit;
  private final LongSupplier nanoTime;
  private long waited;
  private long came;

  /// @param limit of each read; null where the source keeps one itself
  PacedSource(Source source, Patience patience, @Nullable PartLimit limit) {
    this(source, patience, limit, System::nanoTime);
  }

  /// @param nanoTime as [System#nanoTime]
  PacedSource(Source source, Patience patience, @Nullable PartLimit limit, LongSupplier nanoTime) {
    super(source);
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.window = patience.silence().toNanos();
  }

  @Override
  public long read(Buffer sink, long most) throws IOException {
    long began = nanoTime.getAsLong();
    long read = limit == null ? super.read(sink, most) : limited(limit, sink, most);
    waited += nanoTime.getAsLong() - began;
    came += read;
    if (waited >= window && read >= 0) {
      requireProgress();
    }
    return read;
  }

  private long limited(PartLimit set, Buffer sink, long most) throws IOException {
    set.enter();
    return set.hold("a part of the answer", () -> Inflow.limited(() -> super.read(sink, most)));
  }

  private void requireProgress() throws SocketTimeoutException {
    if (came < patience.slowest() * window / NANOS_PER_SECOND) {
      throw new SocketTimeoutException(
          "only %d bytes came in %.1f seconds".formatted(came, (double) waited / NANOS_PER_SECOND));
    }
    waited = 0;
    came = 0;
  }
}
