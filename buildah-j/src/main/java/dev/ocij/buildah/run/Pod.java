package dev.ocij.buildah.run;

import dev.ocij.spec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Containers that belong together, and share what its infra container holds.
///
/// @param id 64 hexadecimal digits
/// @param hostname of all its containers
/// @param infraId the container that holds the namespaces; absent for none
/// @param shared `ipc`, `net`, `uts`
/// @param network `private`, `none` or `host`
/// @param exitPolicy `continue`, or `stop` where the pod stops when the last of the others has
///   ended
/// @param createCommand the line that made it
public record Pod(
    String id,
    String name,
    Instant created,
    Map<String, String> labels,
    String hostname,
    @Nullable String infraId,
    List<String> shared,
    String network,
    String exitPolicy,
    List<String> createCommand) {
  public Pod {
    labels = Map.copyOf(labels);
    shared = List.copyOf(shared);
    createCommand = List.copyOf(createCommand);
  }

  static Pod parse(byte[] json) {
    return Json.read(json, Pod.class, "description of a pod");
  }

  byte[] bytes() {
    return Json.write(this);
  }

  public boolean shares(String namespace) {
    return shared.contains(namespace);
  }

  /// Whether its containers are in a network of the pod's.
  public boolean hasNetwork() {
    return infraId != null && shares("net") && !network.equals("host");
  }

  /// What a container of the pod remembers.
  public PodMember member(boolean infra) {
    var types =
        shared.stream()
            .filter(each -> !each.equals("net") || hasNetwork())
            .map(each -> each.equals("net") ? "network" : each)
            .toList();
    return new PodMember(id, name, infraId, infra, infraId == null ? List.of() : types);
  }
}
