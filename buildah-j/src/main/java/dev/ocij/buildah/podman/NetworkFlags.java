package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.NamespaceModes;
import dev.ocij.buildah.run.NamespaceOwner;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about the network and its ports.
final class NetworkFlags {
  private final Supplier<Optional<String>> network;
  private final Supplier<List<String>> ports;
  private final Supplier<List<String>> exposed;
  private final BooleanSupplier all;

  NetworkFlags(Options options) {
    network =
        options.text(
            "--network, --net",
            "host|none|private|pasta|slirp4netns|container:NAME|ns:PATH",
            "the network; default: host, and private with -p");
    ports =
        options.texts("-p, --publish", "[[IP:]HOSTPORT:]PORT[/PROTOCOL]", "a port of the host too");
    exposed = options.texts("--expose", "PORT[/PROTOCOL]", "a port that -P publishes");
    all =
        options.flag(
            "-P, --publish-all", "all ports that the image exposes, on any ports of the host");
  }

  /// What `-P` publishes beside the image's ports; null without it.
  @Nullable List<String> exposed() {
    return all.getAsBoolean() ? exposed.get() : null;
  }

  private boolean publishes() {
    return all.getAsBoolean() || !ports.get().isEmpty();
  }

  /// Whether the network is the container's own and has a way out.
  boolean isPrivate() {
    return network().equals("private");
  }

  /// Whether the network is this machine's.
  boolean isHost() {
    return network().equals("host");
  }

  /// The container whose network it is to be.
  Optional<String> container() {
    return Optional.of(network())
        .filter(asked -> asked.startsWith(NamespaceModes.CONTAINER))
        .map(asked -> asked.substring(NamespaceModes.CONTAINER.length()));
  }

  /// @param owner of the network, where that is a container
  ContainerRequest apply(ContainerRequest request, @Nullable NamespaceOwner owner) {
    var asked = network();
    var published = ports();
    if (publishes() && !asked.equals("private")) {
      throw Values.usage(
          "publish ports with --network %s: they need a network of the container's own; leave out"
                  .formatted(asked)
              + " --network");
    }
    // What the owner has is found at the start.
    var chosen = owner == null ? asked : owner.has("network") ? "none" : "host";
    var annotations = new LinkedHashMap<>(request.annotations());
    if (isPrivate()) {
      annotations.putAll(ContainerNetwork.annotations(network.get().orElse(""), published));
    }
    return request.with(draft -> {
      draft.network = chosen;
      draft.annotations = annotations;
    });
  }

  List<PublishedPort> ports() {
    return ports.get().stream()
        .flatMap(text -> PublishedPort.parse(text).stream())
        .map(PublishedPort::chosen)
        .toList();
  }

  /// The network of a pod, which is joined at the start.
  ///
  /// @param made whether this command made the pod, and its ports are the pod's
  ContainerRequest apply(ContainerRequest request, Pod pod, boolean made) {
    if (network.get().isPresent() || all.getAsBoolean() || !(ports.get().isEmpty() || made)) {
      throw Values.usage(
          "published ports and networks must be defined when the pod is created: network cannot be"
              + " configured when it is shared with a pod");
    }
    return request.with(draft -> draft.network = pod.hasNetwork() ? "none" : "host");
  }

  private String network() {
    var asked = network.get().orElse(publishes() ? "private" : "host");
    return switch (asked) {
      case "host", "none", "private" -> asked;
      // Networks with a way out are of one kind here, whichever program carries them.
      case "bridge", "default", "slirp4netns", "pasta" -> "private";
      case String other
          when other.startsWith(NamespaceModes.CONTAINER) || other.startsWith("ns:") ->
          other;
      default ->
          throw Values.usage(
              "--network %s is not implemented yet: host, none, private, container: and ns: are"
                  .formatted(asked));
    };
  }
}
