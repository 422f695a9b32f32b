package dev.ocij.buildah.build;

import java.nio.file.Path;
import java.util.Map;

/// What the caller lends to commands of RUN. No layer, no history and no cache key has any of it.
///
/// @param secrets content by id
/// @param agents sockets of SSH agents by id
public record Lent(Map<String, byte[]> secrets, Map<String, Path> agents) {
  public static final Lent NOTHING = new Lent(Map.of(), Map.of());

  public Lent {
    secrets = Map.copyOf(secrets);
    agents = Map.copyOf(agents);
  }

  /// Tells the ids alone.
  @Override
  public String toString() {
    return "Lent[secrets=%s, agents=%s]".formatted(secrets.keySet(), agents.keySet());
  }
}
