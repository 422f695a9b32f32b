package dev.ocij.skopeo.sync;

import dev.ocij.name.Location;

/// Names of destinations, made from names of sources.
///
/// @param transport `docker` or `dir`
/// @param destination what all names are below
/// @param scoped whether the whole name of the source is kept, not just its last component
/// @param suffix added to tags
public record SyncNames(String transport, String destination, boolean scoped, String suffix) {
  /// @param source `host/path:tag`, `host/path@digest`, or a path below a source directory
  public Location of(String source) {
    var kept = scoped ? source : source.substring(source.lastIndexOf('/') + 1);
    var name = kept.indexOf('@') < 0 ? kept + suffix : kept;
    var below = destination.endsWith("/") ? destination + name : destination + "/" + name;
    return new Location(transport, transport.equals("docker") ? "//" + below : below);
  }
}
