package dev.ocij.buildah.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container knows of the pod that it belongs to.
///
/// @param id of the pod
/// @param name of the pod
/// @param infraId the container that holds the namespaces; absent where the pod has none
/// @param infra whether this is that container
/// @param shares types of namespaces, in the words of the runtime-spec, that are those of the pod
public record PodMember(
    String id, String name, @Nullable String infraId, Boolean infra, List<String> shares) {
  public PodMember {
    shares = List.copyOf(shares);
  }

  /// Whether it is started in namespaces of another container.
  public boolean joins() {
    return !infra && infraId != null;
  }
}
