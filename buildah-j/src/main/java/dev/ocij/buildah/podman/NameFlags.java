package dev.ocij.buildah.podman;

import dev.ocij.buildah.cli.HostsFlags;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about names of hosts.
final class NameFlags {
  private final Supplier<Optional<String>> hostname;
  private final HostsFlags hosts;
  private final Supplier<Optional<String>> hostsFile;

  NameFlags(Options options) {
    hostname = options.text("-h, --hostname", "NAME", "the container's; default: its short id");
    hosts = new HostsFlags(options);
    hostsFile = options.text("--hosts-file", "PATH|none|image", "what /etc/hosts begins with");
  }

  /// @param ownNetwork whether the container sees this machine from a network of its own
  ///
  /// @param pod that it belongs to
  RunRequest.Names names(boolean sharesHostname, @Nullable Pod pod, boolean ownNetwork) {
    var servers =
        ownNetwork && hosts.servers().isEmpty()
            ? List.of(ContainerNetwork.NAME_SERVER)
            : hosts.servers();
    return new RunRequest.Names(
        hostname(pod),
        sharesHostname,
        hosts.wantsHosts(),
        hosts.wantsHostname(),
        hostsFile.get().orElse(null),
        ownNetwork ? hosts.lines(ContainerNetwork.hostAddress()) : hosts.lines(),
        hosts.wantsResolver(),
        servers,
        hosts.search(),
        hosts.resolverOptions());
  }

  private @Nullable String hostname(@Nullable Pod pod) {
    if (pod == null || !pod.shares("uts")) {
      return hostname.get().orElse(null);
    }
    if (hostname.get().isPresent()) {
      throw Values.usage("cannot set hostname when joining the pod UTS namespace");
    }
    return pod.hostname();
  }
}
