package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.LinuxConfig.Namespace;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.util.ArrayList;

/// The namespaces that the infra container of a pod holds, as other containers of the pod get them.
public final class PodNamespaces {
  private PodNamespaces() {}

  /// The bundle of a container, its namespaces being those of its pod as far as that shares them.
  ///
  /// @throws OciException where the infra container does not run
  public static Bundle join(Bundle bundle, ContainerState state, Containers containers)
      throws IOException {
    var member = state.settings().pod();
    if (member == null || !member.joins()) {
      return bundle;
    }
    var infra = containers.find(String.valueOf(member.infraId()));
    if (!infra.isActive()) {
      throw new OciException(
          OciException.Category.USAGE,
          "start container %s: the infra container of pod %s is not running; pod start starts it"
              .formatted(state.name(), member.name()));
    }
    var linux = bundle.config().linux();
    var namespaces = new ArrayList<>(linux.namespaces());
    for (var type : member.shares()) {
      namespaces.removeIf(each -> each.type().equals(type));
      var file = type.equals("network") ? "net" : type;
      namespaces.add(new Namespace(type, "/proc/%d/ns/%s".formatted(infra.pid(), file)));
    }
    return bundle.withConfig(bundle.config().withLinux(linux.withNamespaces(namespaces)));
  }
}
