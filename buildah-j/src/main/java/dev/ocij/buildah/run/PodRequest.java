package dev.ocij.buildah.run;

import dev.ocij.runtime.IdMaps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One pod, completely described.
///
/// @param name null for one that is made up
/// @param replace whether a pod of the name goes first
/// @param hostname null for the pod's name
/// @param infra whether it has a container that holds its namespaces
/// @param infraName null for the usual one
/// @param shared `ipc`, `net`, `uts`; users are shared where they have ids of their own
/// @param ids of a user namespace of its own; null for the caller's
/// @param automaticIds that it gets ids that are free; null for those of `ids`
/// @param network `private`, `none` or `host`
/// @param defaults of all its containers
/// @param monitorFile gets the number of the process that waits for the infra container
public record PodRequest(
    @Nullable String name,
    boolean replace,
    Map<String, String> labels,
    @Nullable String hostname,
    boolean infra,
    @Nullable String infraName,
    List<String> shared,
    @Nullable IdMaps ids,
    @Nullable AutomaticIds automaticIds,
    String network,
    List<PublishedPort> ports,
    String exitPolicy,
    PodDefaults defaults,
    @Nullable String monitorFile,
    List<String> createCommand) {
  public static final List<String> USUALLY_SHARED = List.of("ipc", "net", "uts");

  public PodRequest {
    labels = Map.copyOf(labels);
    shared = List.copyOf(shared);
    ports = List.copyOf(ports);
    createCommand = List.copyOf(createCommand);
  }

  /// Whether it has a user namespace of its own.
  public boolean mapsIds() {
    return ids != null || automaticIds != null;
  }

  /// A pod of this name with these ports, and nothing else that is not usual.
  public static PodRequest of(String name, List<PublishedPort> ports, List<String> line) {
    return new PodRequest(
        name,
        false,
        Map.of(),
        null,
        true,
        null,
        USUALLY_SHARED,
        null,
        null,
        "private",
        ports,
        "continue",
        PodDefaults.NONE,
        null,
        line);
  }
}
