package dev.ocij.buildah.build;

import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;

/// Where the copy flow finds a built image; whatever name is asked for.
record BuiltTransport(Source source) implements Transport {
  @Override
  public String name() {
    return BuiltSource.TRANSPORT;
  }

  @Override
  public Source openSource(String rest) {
    return source;
  }

  @Override
  public Sink openSink(String rest) {
    throw new UnsupportedOperationException("a built image is read only");
  }
}
