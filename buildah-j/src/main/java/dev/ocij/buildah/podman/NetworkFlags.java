package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about the network and its ports.
final class NetworkFlags {
  private static final String CONTAINER = "container:";

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

  ContainerRequest apply(ContainerRequest request, Store store) throws IOException {
    var asked = network();
    var published = ports();
    if (publishes() && !asked.equals("private")) {
      throw Values.usage(
          "publish ports with --network %s: they need a network of the container's own; leave out"
                  .formatted(asked)
              + " --network");
    }
    var chosen =
        asked.startsWith(CONTAINER) ? of(asked.substring(CONTAINER.length()), store) : asked;
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
      case String other when other.startsWith(CONTAINER) || other.startsWith("ns:") -> other;
      default ->
          throw Values.usage(
              "--network %s is not implemented yet: host, none, private, container: and ns: are"
                  .formatted(asked));
    };
  }

  /// The network of a container that runs.
  private static String of(String name, Store store) throws IOException {
    var other = new Containers(store).find(name);
    var file = Path.of("/proc/%d/ns/net".formatted(other.pid()));
    if (other.pid() == 0 || !Files.exists(file)) {
      throw Values.usage(
          "share the network of container %s: it is not running".formatted(Quoted.of(name)));
    }
    return "ns:" + file;
  }
}
