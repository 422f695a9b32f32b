package dev.ocij.buildah.podman;

import dev.ocij.buildah.cli.HostsFlags;
import dev.ocij.buildah.run.AutomaticIds;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.PodDefaults;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.IdMaps;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `pod create` may be told about all containers of the pod.
public final class PodDefaultFlags {
  private final HostsFlags hosts;
  private final Supplier<Optional<String>> restart;
  private final Supplier<List<String>> volumes;
  private final Supplier<List<String>> security;
  private final UserNamespaceFlags users;
  private final LimitFlags limits;

  public PodDefaultFlags(Options options) {
    hosts = new HostsFlags(options);
    restart = options.text("--restart", "POLICY", "of the containers that name none");
    volumes =
        options.texts(
            "-v, --volume", "[SOURCE:]DIR[:OPTIONS]", "a volume or the host's, in all containers");
    security =
        options.texts(
            "--security-opt", "OPTION", "seccomp=FILE|unconfined, no-new-privileges, of all");
    users = new UserNamespaceFlags(options);
    limits = new LimitFlags(options);
  }

  /// @param ownNetwork whether they see this machine from a network of their own
  public PodDefaults defaults(boolean ownNetwork) {
    LifeFlags.checkPolicy(restart.get().orElse(""));
    return new PodDefaults(
        names(ownNetwork),
        restart.get().filter(text -> !text.isEmpty()).orElse("no"),
        volumes.get().stream()
            .map(text -> VolumeMount.parse(text).withWholePath().toString())
            .toList(),
        security.get().stream().map(SecurityFlags::withWholePath).toList(),
        limits.limits());
  }

  /// Of the pod's own user namespace; null for none, or where they are chosen here.
  public @Nullable IdMaps ids() {
    return ContainerRequest.of(List.of()).with(users::apply).ids();
  }

  /// Of a user namespace whose ids are chosen here; null for none.
  public @Nullable AutomaticIds automaticIds() {
    return users.automatic();
  }

  private RunRequest.Names names(boolean ownNetwork) {
    return new RunRequest.Names(
        null,
        false,
        hosts.wantsHosts(),
        hosts.wantsHostname(),
        null,
        ownNetwork ? hosts.lines(ContainerNetwork.hostAddress()) : hosts.lines(),
        hosts.wantsResolver(),
        hosts.servers(),
        hosts.search(),
        hosts.resolverOptions());
  }
}
