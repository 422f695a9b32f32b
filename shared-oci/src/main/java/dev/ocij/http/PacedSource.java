package dev.ocij.http;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/// Bytes of a server that must keep a pace.
final class PacedSource extends ForwardingSource {
  private final Pace pace;
  private final @Nullable PartLimit limit;

  /// @param limit of each read; null where the source keeps one itself
  PacedSource(Source source, Pace pace, @Nullable PartLimit limit) {
    super(source);
    this.pace = pace;
    this.limit = limit;
  }

  @Override
  public long read(Buffer sink, long most) throws IOException {
    return pace.timed(() -> limit == null ? super.read(sink, most) : limited(limit, sink, most));
  }

  private long limited(PartLimit set, Buffer sink, long most) throws IOException {
    set.enter();
    return set.hold("a part of the answer", () -> Inflow.limited(() -> super.read(sink, most)));
  }
}
