package dev.ocij.buildah.container;

import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.ContainerProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `from` says about the commands that are later run in the container.
///
/// @param volumes as `--volume` has them
/// @param network `host` or `none`
/// @param shared types of namespaces to share with the host: `pid`, `ipc`
/// @param seccomp a profile's file, `unconfined`, or null for the usual one
/// @param proxies whether the caller's proxies are passed on
/// @param names what the container is told about names
public record RunSettings(
    List<String> addCapabilities,
    List<String> dropCapabilities,
    List<String> groups,
    List<ContainerProcess.Rlimit> rlimits,
    List<String> volumes,
    String network,
    List<String> shared,
    String shmSize,
    boolean noNewPrivileges,
    @Nullable String seccomp,
    boolean proxies,
    RunRequest.Names names) {
  public RunSettings {
    addCapabilities = List.copyOf(addCapabilities);
    dropCapabilities = List.copyOf(dropCapabilities);
    groups = List.copyOf(groups);
    rlimits = List.copyOf(rlimits);
    volumes = List.copyOf(volumes);
    shared = List.copyOf(shared);
  }
}
