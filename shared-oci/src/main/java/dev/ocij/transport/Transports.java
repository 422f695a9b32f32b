package dev.ocij.transport;

import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.List;

/// The transports that one end of a command may use, found by their names.
public record Transports(List<Transport> all) {
  public Transports {
    all = List.copyOf(all);
  }

  public Source openSource(Location location) throws IOException {
    return of(location).openSource(location.rest());
  }

  public Sink openSink(Location location) throws IOException {
    return of(location).openSink(location.rest());
  }

  /// The transport that a location names.
  ///
  /// @throws OciException of category `USAGE` where there is none of that name
  public Transport of(Location location) {
    return all.stream()
        .filter(transport -> transport.name().equals(location.transport()))
        .findFirst()
        .orElseThrow(() -> unknown(location));
  }

  private OciException unknown(Location location) {
    var names = all.stream().map(Transport::name).toList();
    return new OciException(
        OciException.Category.USAGE,
        "invalid image name %s: unknown transport %s; there are %s"
            .formatted(
                Quoted.of(location.toString()),
                Quoted.of(location.transport()),
                String.join(", ", names)));
  }
}
