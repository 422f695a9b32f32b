package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.LinuxConfig.Namespace;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The namespaces that a container has of others: of the infra container of its pod, and of those
/// that its caller named.
public final class JoinedNamespaces {
  private static final String SHARED_MEMORY = "/dev/shm";

  private JoinedNamespaces() {}

  /// The ids of the containers that must run before it, that of its pod first.
  public static List<String> owners(ContainerState state) {
    return byType(state.settings()).values().stream().distinct().toList();
  }

  /// The bundle of a container, in the namespaces of those who run now.
  ///
  /// @throws OciException where one of them does not run
  public static Bundle join(Bundle bundle, ContainerState state, Containers containers)
      throws IOException {
    var owners = byType(state.settings());
    if (owners.isEmpty()) {
      return bundle;
    }
    var config = bundle.config();
    for (var each : owners.entrySet()) {
      config = joining(config, each.getKey(), running(each.getValue(), state, containers));
    }
    return bundle.withConfig(config);
  }

  private static Map<String, String> byType(ContainerSettings settings) {
    var owners = new LinkedHashMap<String, String>();
    var pod = settings.pod();
    if (pod != null && pod.joins()) {
      pod.shares().forEach(type -> owners.put(type, String.valueOf(pod.infraId())));
    }
    owners.putAll(settings.namespaces().owners());
    return owners;
  }

  /// A container that runs.
  ///
  /// @param guest who is to be in its namespaces
  /// @throws OciException where it does not
  public static ContainerState running(String id, ContainerState guest, Containers containers)
      throws IOException {
    var owner = containers.find(id);
    if (owner.isActive()) {
      return owner;
    }
    var pod = guest.settings().pod();
    throw new OciException(
        OciException.Category.USAGE,
        owner.isInfra() && pod != null
            ? "start container %s: the infra container of pod %s is not running; pod start starts it"
                .formatted(guest.name(), pod.name())
            : "start container %s: container %s, whose namespaces it shares, is not running"
                .formatted(guest.name(), owner.name()));
  }

  /// What the owner has of the host is of the host here too, since the container was made.
  private static RuntimeConfig joining(RuntimeConfig config, String type, ContainerState owner) {
    var linux = config.linux();
    if (!linux.has(type)) {
      return config;
    }
    var namespaces = new ArrayList<>(linux.namespaces());
    namespaces.removeIf(each -> each.type().equals(type));
    var file = type.equals("network") ? "net" : type;
    namespaces.add(new Namespace(type, "/proc/%d/ns/%s".formatted(owner.pid(), file)));
    var joined = config.withLinux(linux.withNamespaces(namespaces));
    return type.equals("ipc") ? joined.withMounts(mounts(joined.mounts(), owner)) : joined;
  }

  /// Who is in an ipc namespace has the shared memory that goes with it. That of a pod is a folder.
  private static List<Mount> mounts(List<Mount> own, ContainerState owner) {
    return own.stream()
        .map(mount ->
            mount.destination().equals(SHARED_MEMORY) && !mount.isBind()
                ? Mount.bind("/proc/%d/root%s".formatted(owner.pid(), SHARED_MEMORY), SHARED_MEMORY)
                : mount)
        .toList();
  }
}
