package dev.ocij.buildah.podman;

import dev.ocij.buildah.cli.HostsFlags;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.term.Options;
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

  /// @param sharesHostname whether the hostname is the host's
  /// @param given the hostname of whose uts namespace it is in; null for one of its own
  /// @param ownNetwork whether the container sees this machine from a network of its own
  RunRequest.Names names(boolean sharesHostname, @Nullable String given, boolean ownNetwork) {
    if (hostname.get().isPresent() && (sharesHostname || given != null)) {
      throw Values.usage(
          sharesHostname
              ? "cannot set hostname when running in the host UTS namespace: invalid configuration"
              : "cannot set hostname when joining the pod UTS namespace, or that of a container");
    }
    return new RunRequest.Names(
        given == null ? hostname.get().orElse(null) : given,
        sharesHostname,
        hosts.wantsHosts(),
        hosts.wantsHostname(),
        hostsFile.get().orElse(null),
        ownNetwork ? hosts.lines(ContainerNetwork.hostAddress()) : hosts.lines(),
        hosts.wantsResolver(),
        hosts.servers(),
        hosts.search(),
        hosts.resolverOptions());
  }
}
