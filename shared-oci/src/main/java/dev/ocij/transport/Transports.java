package dev.ocij.transport;

import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The transports that one end of a command may use, found by their names.
public record Transports(List<Transport> all) {
  private static final String REGISTRY = "docker";

  public Transports {
    all = List.copyOf(all);
  }

  public Source openSource(Location location) throws IOException {
    return of(location).openSource(location.rest());
  }

  public Optional<Glimpse> glimpse(Location location) throws IOException {
    return of(location).glimpse(location.rest());
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

  /// Whether a text begins with the name of one of these, and is no name of an image by itself.
  public boolean isLocation(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && all.stream().anyMatch(each -> each.name().equals(text.substring(0, colon)));
  }

  /// Where the image is that a name without a transport means in the registries: under the first of
  /// its full names that leads to one. Where none does it is the last, so that opening it tells
  /// why.
  public Location inRegistry(String typed) throws IOException {
    var names = fullNames(typed);
    for (var name : names.subList(0, names.size() - 1)) {
      var location = inRegistry(Reference.parse(name));
      try (var _ = openSource(location)) {
        return location;
      } catch (IOException | OciException _) {
        // the next may have it
      }
    }
    return inRegistry(Reference.parse(names.getLast()));
  }

  /// The full names that one without a transport may mean in the registries.
  public List<String> fullNames(String typed) {
    return all.stream()
        .filter(transport -> transport.name().equals(REGISTRY))
        .findFirst()
        .map(transport -> transport.fullNames(typed))
        .orElse(List.of(typed));
  }

  private static Location inRegistry(Reference reference) {
    return new Location(REGISTRY, "//" + reference);
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
