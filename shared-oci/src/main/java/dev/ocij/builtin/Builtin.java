package dev.ocij.builtin;

import dev.ocij.transport.Transports;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalTransport;
import java.util.List;

/// Everything that comes with this library and is found by its name.
public final class Builtin {
  private Builtin() {}

  /// All transports.
  public static Transports transports(TransportOptions options) {
    return new Transports(
        List.of(
            new LayoutTransport(options.sharedBlobs(), options.plainLayers()),
            new DirectoryTransport(),
            new LocalTransport(options.store())));
  }
}
